namespace BooksForYou.Inventory.Search;

/// <summary>Where a page of what was found ended.</summary>
internal sealed record SearchPlace(int Rank, long Sold, long BookId)
{
    /// <summary>Whether a hit comes after it.</summary>
    public bool IsBefore(SearchHit hit) => (Rank, Sold, -BookId).CompareTo((hit.Rank, hit.Sold, -(long)hit.BookId)) > 0;
}
