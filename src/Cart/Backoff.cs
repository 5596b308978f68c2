namespace BooksForYou.Cart;

/// <summary>How long work is put off that another service has held up.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>The pause after so many attempts that came to nothing: doubling, and never long, since the other may be back.</summary>
    public static TimeSpan After(int attempts) => TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(attempts, 10), Longest.Ticks));
}
