namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>The way from one page of a list to the next.</summary>
/// <param name="FirstHref">The address of the first page.</param>
/// <param name="IsFirst">Whether this is the first page.</param>
/// <param name="NextHref">The address of the next page; null on the last one.</param>
internal sealed record Pager(string FirstHref, bool IsFirst, string? NextHref)
{
    /// <summary>The way onwards from a page of a list.</summary>
    /// <param name="firstHref">The address of the first page.</param>
    /// <param name="after">Where this page begins.</param>
    /// <param name="nextToken">Where the next page begins; empty on the last one.</param>
    /// <param name="name">The name of the token in addresses.</param>
    public static Pager Of(string firstHref, string? after, string nextToken, string name = "after")
    {
        var joint = firstHref.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new Pager(firstHref, string.IsNullOrEmpty(after), nextToken.Length > 0 ? $"{firstHref}{joint}{name}={Uri.EscapeDataString(nextToken)}" : null);
    }
}
