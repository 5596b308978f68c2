namespace BooksForYou.Reviews;

/// <summary>What readers think of a book.</summary>
/// <param name="BookId">The book.</param>
/// <param name="Count">How many visible reviews it has.</param>
/// <param name="Sum">All their stars.</param>
/// <param name="Histogram">How many gave 1, 2, 3, 4 and 5.</param>
internal sealed record Rating(int BookId, int Count, long Sum, IReadOnlyList<int> Histogram)
{
    /// <summary>The average in hundredths, half up.</summary>
    public int AverageHundredths => Count == 0 ? 0 : (int)(((200 * Sum) + Count) / (2 * Count));
}
