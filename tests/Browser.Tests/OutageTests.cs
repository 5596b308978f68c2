using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>People who pay while a service goes away, and who look at the page that waits.</summary>
public sealed class OutageTests(Chromium chromium)
{
    private static readonly string[] Settings = ["--marketplace-checkout-deadline", "00:00:03"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Payment_whose_answer_is_lost_is_shown_as_an_order_by_itself(bool javaScript)
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop, javaScript: javaScript);
        await using var shop = await OpenShop.StartBehindGatesAsync(Settings);
        var page = await AtCheckoutAsync(window, shop);
        shop.GateOf("cart").HoldAnswers();

        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/checkout/sale/*");
        Assert.Contains("We are confirming your payment", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        shop.GateOf("cart").Open();

        await page.WaitForURLAsync("**/orders/*");
        Assert.Contains("Thank you", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".till-copies").CountAsync());
    }

    [Fact]
    public async Task Payment_while_transactions_is_down_charges_nothing_and_says_so_by_itself()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        await using var shop = await OpenShop.StartBehindGatesAsync(Settings);
        var page = await AtCheckoutAsync(window, shop);
        shop.GateOf("transactions").Close();

        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/checkout/sale/*");
        shop.GateOf("transactions").Open();

        await page.Locator("text=Your order was not placed").WaitForAsync();
        await page.Locator("text=Back to checkout").ClickAsync();
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/orders/*");
    }

    [Fact]
    public async Task Basket_while_the_catalogue_is_away_looks_well_and_has_no_accessibility_violation()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        await using var shop = await OpenShop.StartBehindGatesAsync(Settings);
        var visit = await PageVisit.OpenAsync(window, shop.Address, "/books/1");
        await Shopper.AddAsync(visit.Page, shop.Address, 1);
        shop.GateOf("inventory").Close();

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await visit.Page.ReloadAsync();

            await PageLookTests.KeepAsync(visit.Page, $"basket-unpriced-phone-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
            await PageLookTests.AssertSoundAsync(visit);
            Assert.Empty(await PageLookTests.ViolationsAsync(visit.Page, "basket-unpriced"));
            Assert.Contains("We cannot look up prices", await visit.Page.Locator(".note-warning").TextContentAsync(), StringComparison.Ordinal);
            Assert.Equal("The Maltese Falcon", await visit.Page.Locator(".basket-link").TextContentAsync());
        }
    }

    private static async Task<IPage> AtCheckoutAsync(IBrowserContext window, OpenShop shop)
    {
        var page = await window.NewPageAsync();
        await Shopper.AddAsync(page, shop.Address, 1);
        await page.Locator("text=Go to checkout").ClickAsync();
        await page.WaitForURLAsync("**/checkout");
        await Shopper.FillAsync(page, Shopper.GoodCard);
        return page;
    }
}
