using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Reads pages.</summary>
internal static partial class Html
{
    /// <summary>The texts of list items without attributes, as an outsider's check finds them.</summary>
    public static IReadOnlyList<string> BareItems(string page) =>
        [.. BareItem().Matches(page).Select(item => WebUtility.HtmlDecode(item.Groups[1].Value))];

    /// <summary>Every address on the page that leads to something in the shop.</summary>
    public static IReadOnlyList<string> Addresses(string page) =>
        [.. Address().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct()];

    /// <summary>
    /// Parses a page with the rules of XML, which are stricter than a browser's: every element closed, in order, every attribute quoted. Void elements
    /// are closed first; a page that is not well-formed throws.
    /// </summary>
    public static XDocument Parse(string page)
    {
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        var closed = VoidElement().Replace(page["<!DOCTYPE html>".Length..], "<$1$2/>");
        return XDocument.Parse(closed);
    }

    [GeneratedRegex("<li>(.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex BareItem();

    [GeneratedRegex("(?:href|src)=\"(/[^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("<(meta|link|img|br|hr|input)\\b([^>]*?)/?>")]
    private static partial Regex VoidElement();
}
