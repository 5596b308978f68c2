namespace BooksForYou.Marketplace.Covers;

/// <summary>A title as it is set on a cover: what follows the first colon is smaller.</summary>
/// <param name="Main">The title.</param>
/// <param name="Subtitle">The subtitle, or empty.</param>
internal sealed record CoverTitle(string Main, string Subtitle)
{
    /// <summary>Splits a title at its first colon.</summary>
    public static CoverTitle Of(string title)
    {
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        return colon > 1 && colon < title.Length - 2 ? new(title[..colon], title[(colon + 2)..]) : new(title, "");
    }
}
