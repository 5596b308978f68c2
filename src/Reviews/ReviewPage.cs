namespace BooksForYou.Reviews;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="NextPageToken">Where the next page begins; empty on the last.</param>
internal sealed record ReviewPage<T>(IReadOnlyList<T> Items, string NextPageToken)
{
    /// <summary>Makes a page of rows, of which one more than fits was read.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="size">How many the page has at most.</param>
    /// <param name="tokenOf">The token of the page after a row.</param>
    public static ReviewPage<T> Cut(IReadOnlyList<T> rows, int size, Func<T, string> tokenOf) =>
        rows.Count > size ? new([.. rows.Take(size)], tokenOf(rows[size - 1])) : new(rows, "");
}
