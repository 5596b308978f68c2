using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Marketplace.Tests;

/// <summary>A visitor with cookies and without a browser, who sends forms as a browser would and is not led on by redirects.</summary>
internal sealed partial class Guest : IDisposable
{
    private readonly Func<Uri> _shop;
    private readonly HttpClient _web;

    public Guest(OpenShop shop)
        : this(() => shop.Address)
    {
    }

    public Guest(Func<Uri> shop)
    {
        _shop = shop;
        _web = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The value of a cookie of the shop; null when there is none of that name.</summary>
    public string? CookieOf(string name) => Cookies.GetCookies(_shop())[name]?.Value;

    /// <summary>Headers that are sent with every request, such as a proxy adds.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_shop(), path)));

    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => PostAsync(path, new FormUrlEncodedContent(fields));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_shop(), path)) { Content = content });

    /// <summary>The hidden fields of a page: its token among them.</summary>
    public static Dictionary<string, string> FieldsOf(string page) => Hidden().Matches(page)
        .Select(match => match.Value)
        .GroupBy(input => Name().Match(input).Groups[1].Value)
        .ToDictionary(inputs => inputs.Key, inputs => WebUtility.HtmlDecode(Value().Match(inputs.First()).Groups[1].Value));

    /// <summary>Puts a book into the basket, with the token of a page, and answers where that led to.</summary>
    public async Task<string> AddAsync(int book, string copies = "1")
    {
        var token = FieldsOf(await ReadAsync("/books/1"))["__RequestVerificationToken"];
        using var response = await PostAsync("/basket?handler=Add", [new("book", $"{book}"), new("copies", copies), new("__RequestVerificationToken", token)]);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>The checkout page, filled in.</summary>
    public async Task<Dictionary<string, string>> FillAsync(string card)
    {
        var form = FieldsOf(await ReadAsync("/checkout"));
        form["Form.Email"] = "ada.lovelace@example.com";
        form["Form.Name"] = "Ada Lovelace";
        form["Form.Street"] = "12 St James's Square";
        form["Form.PostalCode"] = "SW1Y 4LE";
        form["Form.City"] = "London";
        form["Form.Country"] = "GB";
        form["Form.Number"] = card;
        form["Form.Expiry"] = "12/34";
        form["Form.SecurityCode"] = "739";
        return form;
    }

    /// <summary>Buys what is in the basket, and answers where the order is.</summary>
    public async Task<string> BuyAsync()
    {
        using var response = await PostAsync("/checkout", await FillAsync("4242424242424242"));
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Sends a form of a page, with the page's hidden fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params KeyValuePair<string, string>[] fields)
    {
        var form = FieldsOf(await ReadAsync(page));
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await PostAsync(action, form);
    }

    /// <summary>Opens an account, and answers where that led to.</summary>
    public async Task<string?> RegisterAsync(string email, string password, string name = "Ada Lovelace")
    {
        using var response = await SubmitAsync("/register", "/register", new("name", name), new("email", email), new("newPassword", password));
        return response.Headers.Location?.OriginalString;
    }

    /// <summary>Signs in, and answers where that led to; null when it did not.</summary>
    public async Task<string?> SignInAsync(string email, string password, string page = "/sign-in")
    {
        using var response = await SubmitAsync(page, "/sign-in", new("email", email), new("password", password));
        return response.Headers.Location?.OriginalString;
    }

    public void Dispose() => _web.Dispose();

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _web.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
