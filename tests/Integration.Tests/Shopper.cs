using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Integration.Tests;

/// <summary>Somebody who buys books without a browser: opens pages, and sends the forms that are on them.</summary>
/// <param name="web">The visitor's own client, with the visitor's cookies.</param>
internal sealed partial class Shopper(HttpClient web)
{
    /// <summary>The name of the anti-forgery field.</summary>
    public const string TokenField = "__RequestVerificationToken";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Puts copies of a book into the basket, and gives the page that comes of it.</summary>
    public async Task<string> AddAsync(int book, int copies = 1)
    {
        var form = FieldsOf(await web.GetStringAsync($"/books/{book}", Cancellation));
        using var response = await AddAsync(form[TokenField], book, copies);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Puts copies of a book into the basket, with the token of a page that was opened before.</summary>
    public Task<HttpResponseMessage> AddAsync(string token, int book, int copies) => web.PostAsync(
        "/basket?handler=Add",
        new FormUrlEncodedContent([new("book", $"{book}"), new("copies", $"{copies}"), new(TokenField, token)]),
        Cancellation);

    /// <summary>Opens the checkout page and fills it in.</summary>
    public async Task<Dictionary<string, string>> FillCheckoutAsync(string card = "4242424242424242")
    {
        var form = FieldsOf(await web.GetStringAsync("/checkout", Cancellation));
        Fill(form, card);
        return form;
    }

    /// <summary>Sends the checkout page, and follows where it leads.</summary>
    public Task<HttpResponseMessage> PayAsync(Dictionary<string, string> form) =>
        web.PostAsync("/checkout", new FormUrlEncodedContent(form), Cancellation);

    /// <summary>Opens an account that agrees to mails about offers, and is signed in.</summary>
    public async Task RegisterAsync(string email, string name, string password)
    {
        var form = FieldsOf(await web.GetStringAsync("/register", Cancellation));
        (form["email"], form["name"], form["newPassword"], form["mailConsent"]) = (email, name, password, "true");
        using var response = await web.PostAsync("/register", new FormUrlEncodedContent(form), Cancellation);
        Assert.Equal("/account", response.RequestMessage!.RequestUri!.AbsolutePath);
    }

    /// <summary>Deletes the account.</summary>
    public async Task DeleteAccountAsync(string password)
    {
        var form = FieldsOf(await web.GetStringAsync("/account/delete", Cancellation));
        form["password"] = password;
        using var response = await web.PostAsync("/account/delete", new FormUrlEncodedContent(form), Cancellation);
        Assert.Equal("/sign-in", response.RequestMessage!.RequestUri!.AbsolutePath);
    }

    /// <summary>Tries to sign in.</summary>
    public async Task SignInAsync(string email, string password)
    {
        var form = FieldsOf(await web.GetStringAsync("/sign-in", Cancellation));
        (form["email"], form["password"]) = (email, password);
        using var response = await web.PostAsync("/sign-in", new FormUrlEncodedContent(form), Cancellation);
    }

    /// <summary>The hidden fields of a page.</summary>
    public static Dictionary<string, string> FieldsOf(string page) => Hidden().Matches(page)
        .Select(match => match.Value)
        .GroupBy(input => Name().Match(input).Groups[1].Value)
        .ToDictionary(inputs => inputs.Key, inputs => WebUtility.HtmlDecode(Value().Match(inputs.First()).Groups[1].Value));

    /// <summary>Fills address and card into a form.</summary>
    public static void Fill(Dictionary<string, string> form, string card)
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
