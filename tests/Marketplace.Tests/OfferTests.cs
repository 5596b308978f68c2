using System.Net;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Buy two, get one free, from the banner to the order, against a whole shop.</summary>
public sealed class OfferTests(OpenShopFixture fixture) : IClassFixture<OpenShopFixture>
{
    private const string Password = "nine clever owls at noon";
    private const string Banner = "class=\"offer\"";

    private readonly OpenShop _shop = fixture.Shop;
    private readonly string _email = $"{Guid.NewGuid():N}@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Banner_is_there_for_guests_and_customers_and_gone_for_who_has_used_it()
    {
        var book = await _shop.AddBookAsync("Three of a Kind", quantity: 50, cents: 1000);
        using var guest = new Guest(_shop);
        await WaitForBannerAsync(guest);
        using var customer = new Guest(_shop);
        await customer.RegisterAsync(_email, Password);
        Assert.Contains(Banner, await customer.ReadAsync("/"), StringComparison.Ordinal);

        await customer.AddAsync(book.BookId, "3");
        var basket = await customer.ReadAsync("/basket");
        Assert.Contains("−€10.00", basket, StringComparison.Ordinal);
        Assert.Contains("€20.00", basket, StringComparison.Ordinal);
        var order = await customer.BuyAsync();

        Assert.DoesNotContain(Banner, await customer.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains(Banner, await guest.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("−€10.00", await customer.ReadAsync(order), StringComparison.Ordinal);
        await _shop.CancelAsync(order.Split('/', '?')[2]);
    }

    [Fact]
    public async Task Guest_sees_what_signing_in_would_save_and_pays_the_whole_price_without()
    {
        var book = await _shop.AddBookAsync("Three of a Kind", quantity: 50, cents: 1000);
        using var guest = new Guest(_shop);
        await guest.AddAsync(book.BookId, "3");

        var basket = await guest.ReadAsync("/basket");
        var checkout = await guest.ReadAsync("/checkout");

        Assert.Contains("/sign-in?next=%2Fbasket", basket, StringComparison.Ordinal);
        Assert.Contains("/sign-in?next=%2Fcheckout", checkout, StringComparison.Ordinal);
        Assert.Contains("€10.00 less", basket, StringComparison.Ordinal);
        Assert.Contains("Pay €30.00", checkout, StringComparison.Ordinal);
        Html.Parse(basket);
    }

    [Fact]
    public async Task Checkout_with_an_offer_that_another_order_has_used_charges_nothing_and_shows_the_new_total()
    {
        var book = await _shop.AddBookAsync("Three of a Kind", quantity: 50, cents: 1000);
        using var customer = new Guest(_shop);
        await customer.RegisterAsync(_email, Password);
        await customer.AddAsync(book.BookId, "3");
        var late = await customer.FillAsync("4242424242424242");
        Assert.StartsWith("/orders/", await customer.BuyAsync(), StringComparison.Ordinal);
        await customer.AddAsync(book.BookId, "3");

        using var response = await customer.PostAsync("/checkout", late);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Another order of yours has used the offer", page, StringComparison.Ordinal);
        Assert.Contains("Pay €30.00", page, StringComparison.Ordinal);
        Assert.Single(await OrdersAsync(customer));
        Assert.NotEqual(late["Form.Key"], Guest.FieldsOf(page)["Form.Key"]);
    }

    private static async Task<IReadOnlyList<string>> OrdersAsync(Guest customer) =>
        [.. Html.Addresses(await customer.ReadAsync("/account/orders")).Where(address => address.StartsWith("/orders/", StringComparison.Ordinal))];

    /// <summary>The shop learns of offers in the background.</summary>
    private static async Task WaitForBannerAsync(Guest guest)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await guest.ReadAsync("/")).Contains(Banner, StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
