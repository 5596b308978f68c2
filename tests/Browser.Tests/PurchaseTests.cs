using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>People who buy: on a phone and on a desktop, with a card that is good and with one that is not, in a hurry, and without scripts.</summary>
public sealed class PurchaseTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string GoodCard = "4242 4242 4242 4242";
    private const string DeclinedCard = "4000 0000 0000 0002";

    [Theory]
    [InlineData("phone")]
    [InlineData("desktop")]
    public async Task Purchase_whole_has_sound_pages_and_ends_with_an_order(string screen)
    {
        await using var window = await chromium.OpenAsync(Screen.Of(screen));
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/books/1");
        var page = visit.Page;
        var title = await page.Locator("h1").TextContentAsync();
        await page.Locator(".buy-box button").ClickAsync();
        await page.WaitForURLAsync("**/basket?notice=added");
        await LookAsync(visit, $"basket-{screen}-light");
        await page.Locator("text=Go to checkout").ClickAsync();
        await page.WaitForURLAsync("**/checkout");
        await LookAsync(visit, $"checkout-{screen}-light");

        await FillAsync(page, GoodCard);
        await page.Locator(".sum-button").ClickAsync();
        await page.WaitForURLAsync("**/orders/*");

        await LookAsync(visit, $"order-{screen}-light");
        Assert.Contains("Thank you", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains(title!, await page.Locator(".receipt-table").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("4242", await page.Locator(".receipt-facts").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".till-copies").CountAsync());
    }

    [Fact]
    public async Task Order_reloaded_and_gone_back_to_is_the_same_order()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = await BuyAsync(window, GoodCard);
        var address = page.Url;

        await page.ReloadAsync();

        Assert.Equal(address, page.Url);
    }

    [Fact]
    public async Task Card_declined_is_said_and_another_card_pays()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var visit = await AtCheckoutAsync(window);
        await FillAsync(visit.Page, DeclinedCard);
        await visit.Page.Locator(".sum-button").ClickAsync();

        await visit.Page.Locator("[role=alert]").WaitForAsync();
        Assert.Contains("declined", await visit.Page.Locator("[role=alert]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await visit.Page.Locator("#number").InputValueAsync());
        await LookAsync(visit, "checkout-declined-desktop-light");
        await FillAsync(visit.Page, GoodCard);
        await visit.Page.Locator(".sum-button").ClickAsync();

        await visit.Page.WaitForURLAsync("**/orders/*");
    }

    [Fact]
    public async Task Form_left_empty_says_beside_each_field_what_is_missing()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var visit = await AtCheckoutAsync(window);

        await visit.Page.Locator(".sum-button").ClickAsync();

        await visit.Page.Locator("#email-error").WaitForAsync();
        Assert.Equal(await visit.Page.Locator(".field-error").CountAsync(), await visit.Page.Locator(".note-item").CountAsync());
        await LookAsync(visit, "checkout-errors-phone-light");
    }

    [Fact]
    public async Task Pay_double_clicked_is_one_order()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var visit = await AtCheckoutAsync(window);
        await FillAsync(visit.Page, "4000 0000 0000 0259");

        await visit.Page.Locator(".sum-button").DblClickAsync();
        await visit.Page.WaitForURLAsync("**/orders/*");

        Assert.Contains("Thank you", await visit.Page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        await visit.Page.GotoAsync(new Uri(chromium.Shop, "/basket").ToString());
        Assert.Equal(0, await visit.Page.Locator(".basket-line").CountAsync());
    }

    [Fact]
    public async Task Scripts_turned_off_a_book_is_found_and_bought()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone, javaScript: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(chromium.Shop.ToString());
        await page.Locator("#finder").FillAsync("Maltese Falcon");
        await page.Locator(".finder-button").ClickAsync();
        await page.Locator(".tile-link").First.ClickAsync();
        await page.Locator(".buy-box button").ClickAsync();
        await page.Locator("text=Go to checkout").ClickAsync();
        await FillAsync(page, GoodCard);
        await page.Locator(".sum-button").ClickAsync();

        await page.WaitForURLAsync("**/orders/*");
    }

    [Fact]
    public async Task Receipt_printed_has_the_order_and_nothing_of_the_shop()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = await BuyAsync(window, GoodCard);

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await page.Locator(".receipt-table").IsVisibleAsync());
        Assert.False(await page.Locator(".finder").IsVisibleAsync());
        Assert.False(await page.Locator(".till").IsVisibleAsync());
        Assert.False(await page.Locator(".receipt-ways a").IsVisibleAsync());
        await PageLookTests.KeepAsync(page, "order-print");
    }

    private static async Task LookAsync(PageVisit visit, string name)
    {
        await PageLookTests.KeepAsync(visit.Page, name);
        await PageLookTests.AssertSoundAsync(visit);
        Assert.Empty(await PageLookTests.ViolationsAsync(visit.Page, name));
    }

    private static async Task FillAsync(IPage page, string card)
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

    private async Task<PageVisit> AtCheckoutAsync(IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/books/2");
        await visit.Page.Locator(".buy-box button").ClickAsync();
        await visit.Page.Locator("text=Go to checkout").ClickAsync();
        await visit.Page.WaitForURLAsync("**/checkout");
        return visit;
    }

    private async Task<IPage> BuyAsync(IBrowserContext window, string card)
    {
        var visit = await AtCheckoutAsync(window);
        await FillAsync(visit.Page, card);
        await visit.Page.Locator(".sum-button").ClickAsync();
        await visit.Page.WaitForURLAsync("**/orders/*");
        return visit.Page;
    }
}
