using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>What a person does who buys books.</summary>
internal static class Shopper
{
    public const string GoodCard = "4242 4242 4242 4242";
    public const string DeclinedCard = "4000 0000 0000 0002";
    public const string SlowCard = "4000 0000 0000 0259";

    /// <summary>Puts a book into the basket, from its page.</summary>
    public static async Task AddAsync(IPage page, Uri shop, int book, int copies = 1)
    {
        await page.GotoAsync(new Uri(shop, $"/books/{book}").ToString());
        await page.Locator("#copies").FillAsync($"{copies}");
        await page.Locator(".buy-box button").ClickAsync();
        await page.WaitForURLAsync("**/basket?notice=added");
    }

    /// <summary>Fills in the checkout page.</summary>
    public static async Task FillAsync(IPage page, string card)
    {
        await page.Locator("#email").FillAsync("ada@example.com");
        await page.Locator("#name").FillAsync("Ada Lovelace");
        await page.Locator("#street").FillAsync("12 St James's Square");
        await page.Locator("#postalcode").FillAsync("SW1Y 4LE");
        await page.Locator("#city").FillAsync("London");
        await page.Locator("#country").SelectOptionAsync("GB");
        await page.Locator("#number").FillAsync(card);
        await page.Locator("#expiry").FillAsync("12/34");
        await page.Locator("#securitycode").FillAsync("123");
    }

    /// <summary>Puts a book into the basket and goes to the checkout.</summary>
    public static async Task<PageVisit> AtCheckoutAsync(IBrowserContext window, Uri shop, int book = 2, int copies = 1)
    {
        var visit = await PageVisit.OpenAsync(window, shop, $"/books/{book}");
        await AddAsync(visit.Page, shop, book, copies);
        await visit.Page.Locator("text=Go to checkout").ClickAsync();
        await visit.Page.WaitForURLAsync("**/checkout");
        return visit;
    }

    /// <summary>Buys a book.</summary>
    public static async Task<PageVisit> BuyAsync(IBrowserContext window, Uri shop, int book = 2, int copies = 1)
    {
        var visit = await AtCheckoutAsync(window, shop, book, copies);
        await FillAsync(visit.Page, GoodCard);
        await PayAsync(visit.Page);
        await visit.Page.WaitForURLAsync("**/orders/*");
        return visit;
    }

    /// <summary>Presses the button that pays.</summary>
    public static Task PayAsync(IPage page) => page.Locator(".sum-button").ClickAsync();

    /// <summary>The number of the order that a page shows.</summary>
    public static string OrderOf(IPage page) => new Uri(page.Url).Segments[^1];
}
