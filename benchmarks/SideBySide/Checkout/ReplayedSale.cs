namespace BooksForYou.SideBySide.Checkout;

/// <summary>A sale that is sent straight to the databases: what is its own.</summary>
internal sealed class ReplayedSale(Visit visit)
{
    private readonly Dictionary<string, object> _own = [];

    public Visit Visit => visit;

    /// <summary>When it began, UTC.</summary>
    public DateTime Begun { get; set; }

    /// <summary>What this sale has in the place of a value of the recorded one; the same each time.</summary>
    public object Own(string recorded, Func<string, object> make)
    {
        if (!_own.TryGetValue(recorded, out var own))
        {
            _own[recorded] = own = make(recorded);
        }

        return own;
    }
}
