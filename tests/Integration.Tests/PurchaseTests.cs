using System.Net;

namespace BooksForYou.Integration.Tests;

/// <summary>A visitor without a browser buys a book of the store as a person starts it.</summary>
public sealed class PurchaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purchase_declined_then_paid_and_sent_again_is_one_order()
    {
        await using var store = await Store.StartAllInOneAsync();
        var shopper = new Shopper(store.Web);
        Assert.Contains("It is in your basket.", await shopper.AddAsync(book: 1, copies: 2), StringComparison.Ordinal);
        var form = await shopper.FillCheckoutAsync("4000000000000002");

        using var declined = await shopper.PayAsync(form);
        var page = await declined.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("declined", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4000000000000002", page, StringComparison.Ordinal);

        var second = Shopper.FieldsOf(page);
        Assert.NotEqual(form["Form.Key"], second["Form.Key"]);
        Shopper.Fill(second, "4242424242424242");
        var answers = await Task.WhenAll(shopper.PayAsync(second), shopper.PayAsync(second), shopper.PayAsync(second));
        var addresses = answers.Select(answer => answer.RequestMessage!.RequestUri!.AbsolutePath).Distinct().ToList();
        using var again = await shopper.PayAsync(second);

        var address = Assert.Single(addresses);
        Assert.StartsWith("/orders/", address, StringComparison.Ordinal);
        Assert.Equal(address, again.RequestMessage!.RequestUri!.AbsolutePath);
        var order = await again.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("4242", order, StringComparison.Ordinal);
        Assert.Contains("€", order, StringComparison.Ordinal);
        Assert.Contains("There is nothing in it yet", await store.Web.GetStringAsync("/basket", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_without_its_token_changes_nothing()
    {
        await using var store = await Store.StartAllInOneAsync();

        using var response = await store.Web.PostAsync(
            "/basket?handler=Add", new FormUrlEncodedContent([new("book", "1"), new("copies", "1")]), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("There is nothing in it yet", await store.Web.GetStringAsync("/basket", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_of_another_number_asks_a_guest_to_sign_in()
    {
        await using var store = await Store.StartAllInOneAsync();

        using var response = await store.Web.GetAsync($"/orders/{new string('7', 26)}", Cancellation);

        Assert.Equal("/sign-in", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.DoesNotContain("Your order", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
