namespace BooksForYou.Recommendations.Catalogue;

/// <summary>How far the copy of the catalogue has come.</summary>
/// <param name="Cursor">Where to go on in Inventory's feed; empty for the beginning.</param>
/// <param name="Pass">The number of the reading.</param>
/// <param name="CompletePass">The number of the last reading that has seen the whole catalogue; 0 for none.</param>
internal sealed record CopyState(string Cursor, int Pass, int CompletePass)
{
    /// <summary>Whether the whole catalogue has been here once. From then on the copy is used, whatever happens to Inventory.</summary>
    public bool IsUsable => CompletePass > 0;

    /// <summary>The state after more of the catalogue has been read.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="hasCaughtUp">Whether that was all there is.</param>
    public CopyState MoveOn(string cursor, bool hasCaughtUp) => new(cursor, Pass, hasCaughtUp ? Pass : CompletePass);

    /// <summary>The beginning of another reading, after the feed has become another one.</summary>
    public CopyState BeginAnew() => this with { Cursor = "", Pass = Pass + 1 };
}
