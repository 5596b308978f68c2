namespace BooksForYou.Marketplace.Reviewing;

/// <summary>Where a reader is among the reviews of a book.</summary>
/// <param name="Sort">The order.</param>
/// <param name="PageToken">Where the page begins; empty for the first.</param>
/// <param name="Notice">The name of what to say about what was done before; null for nothing.</param>
/// <param name="VotedFor">The review that the reader has just voted for; empty for none.</param>
internal sealed record ReviewPlace(ReviewSort Sort, string PageToken, string? Notice, string VotedFor)
{
    /// <summary>Reads it from an address.</summary>
    public static ReviewPlace Of(string? order, string? after, string? notice, string? voted) => new(ReviewSort.Of(order), after ?? "", notice, voted ?? "");
}
