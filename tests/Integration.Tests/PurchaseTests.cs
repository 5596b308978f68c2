using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Integration.Tests;

/// <summary>A visitor without a browser buys a book of the store as a person starts it.</summary>
public sealed partial class PurchaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purchase_declined_then_paid_and_sent_again_is_one_order()
    {
        await using var store = await Store.StartAllInOneAsync();
        await AddAsync(store, book: 1, copies: 2);
        var form = FieldsOf(await store.Web.GetStringAsync("/checkout", Cancellation));
        Fill(form, "4000000000000002");

        using var declined = await PostAsync(store, form);
        var page = await declined.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("declined", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4000000000000002", page, StringComparison.Ordinal);

        var second = FieldsOf(page);
        Assert.NotEqual(form["Form.Key"], second["Form.Key"]);
        Fill(second, "4242424242424242");
        var answers = await Task.WhenAll(PostAsync(store, second), PostAsync(store, second), PostAsync(store, second));
        var addresses = answers.Select(answer => answer.RequestMessage!.RequestUri!.AbsolutePath).Distinct().ToList();
        using var again = await PostAsync(store, second);

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
    public async Task Order_of_another_number_is_404()
    {
        await using var store = await Store.StartAllInOneAsync();

        using var response = await store.Web.GetAsync($"/orders/{new string('7', 26)}", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task AddAsync(Store store, int book, int copies)
    {
        var token = FieldsOf(await store.Web.GetStringAsync($"/books/{book}", Cancellation))["__RequestVerificationToken"];
        using var response = await store.Web.PostAsync(
            "/basket?handler=Add",
            new FormUrlEncodedContent([new("book", $"{book}"), new("copies", $"{copies}"), new("__RequestVerificationToken", token)]),
            Cancellation);
        Assert.Contains("It is in your basket.", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(Store store, Dictionary<string, string> form) =>
        store.Web.PostAsync("/checkout", new FormUrlEncodedContent(form), Cancellation);

    private static Dictionary<string, string> FieldsOf(string page) => Hidden().Matches(page)
        .Select(match => match.Value)
        .GroupBy(input => Name().Match(input).Groups[1].Value)
        .ToDictionary(inputs => inputs.Key, inputs => WebUtility.HtmlDecode(Value().Match(inputs.First()).Groups[1].Value));

    private static void Fill(Dictionary<string, string> form, string card)
    {
        form["Form.Email"] = "ada@example.com";
        form["Form.Name"] = "Ada Lovelace";
        form["Form.Street"] = "12 St James's Square";
        form["Form.PostalCode"] = "SW1Y 4LE";
        form["Form.City"] = "London";
        form["Form.Country"] = "GB";
        form["Form.Number"] = card;
        form["Form.Expiry"] = "12/34";
        form["Form.SecurityCode"] = "123";
    }

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
