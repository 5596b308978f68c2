using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What a page says about itself to browsers, search engines and those who share its address.</summary>
/// <param name="Title">The title of the page, without the shop's name.</param>
/// <param name="Description">What is on the page, in a sentence.</param>
/// <param name="Path">Its canonical path; null for a page that search engines are to leave out.</param>
/// <param name="Type">Its type in the Open Graph protocol.</param>
/// <param name="RefreshSeconds">After how many seconds the browser is to load it again; 0 for never.</param>
internal sealed record PageHead(string Title, string Description, string? Path, string Type = "website", int RefreshSeconds = 0)
{
    /// <summary>The name of the shop.</summary>
    public const string Shop = "Online Books For You";

    /// <summary>The title as the browser shows it.</summary>
    public string FullTitle => Title.Length == 0 ? Shop : $"{Title} · {Shop}";

    /// <summary>The title as others show it when the page is shared.</summary>
    public string SharedTitle => Title.Length == 0 ? Shop : Title;

    /// <summary>Gives a layout what its page says about itself.</summary>
    public static PageHead Of(ViewDataDictionary view) => (PageHead)view[nameof(PageHead)]!;

    /// <summary>Hands this to the layout.</summary>
    public void PassOn(ViewDataDictionary view) => view[nameof(PageHead)] = this;
}
