using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Every form of the shop, those that are added later too: found by asking the shop for whatever takes more than GET.</summary>
public sealed partial class AntiforgeryTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    // Sent by mail programs, which have no page before it (RFC 8058); what the link holds is its proof, and all that it can do is end mails.
    private const string OneClick = "/unsubscribe";

    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Forms_of_the_shop_are_all_found()
    {
        var forms = await FormsAsync();

        Assert.Contains("/basket?handler=Add", forms);
        Assert.Contains("/basket?handler=Set", forms);
        Assert.Contains("/checkout", forms);
        Assert.Contains("/books/1/review?handler=Vote", forms);
        Assert.Contains("/admin/books/1/stock", forms);
        Assert.Contains("/sign-in", forms);
        Assert.Contains("/account?handler=Everywhere", forms);
    }

    [Fact]
    public async Task Form_of_any_page_without_a_token_is_400_and_says_that_nothing_was_changed()
    {
        foreach (var form in await FormsAsync())
        {
            using var guest = NewGuest();
            using var response = await guest.PostAsync(form, []);

            await AssertStaleAsync(form, response);
        }
    }

    [Fact]
    public async Task Form_of_any_page_with_the_cookie_and_no_token_is_400()
    {
        foreach (var form in await FormsAsync())
        {
            using var guest = NewGuest();
            await guest.ReadAsync("/books/1");
            using var response = await guest.PostAsync(form, []);

            await AssertStaleAsync(form, response);
        }
    }

    [Fact]
    public async Task Form_of_any_page_with_the_token_of_somebody_else_is_400()
    {
        using var other = NewGuest();
        var token = Guest.FieldsOf(await other.ReadAsync("/books/1"))["__RequestVerificationToken"];
        foreach (var form in await FormsAsync())
        {
            using var guest = NewGuest();
            await guest.ReadAsync("/books/1");
            using var response = await guest.PostAsync(form, [new("__RequestVerificationToken", token)]);

            await AssertStaleAsync(form, response);
        }
    }

    private static async Task AssertStaleAsync(string form, HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{form} answers {(int)response.StatusCode} without a token that is its own.");
        Assert.Contains("Nothing was changed", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Guest NewGuest() => new(() => _shop.Web.BaseAddress!);

    /// <summary>Whatever takes a method that may change something. A page's forms are told apart by the handler in the address.</summary>
    private async Task<List<string>> FormsAsync()
    {
        var forms = new List<string>();
        var loader = _shop.Services.GetRequiredService<PageLoader>();
        foreach (var endpoint in _shop.Endpoints.OfType<RouteEndpoint>())
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            var path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (methods.Count > 0 && methods.All(ReadMethods.Contains) || path.StartsWith("/status/", StringComparison.Ordinal) || path == OneClick)
            {
                // The status page stands in the place of a page that was asked for with any method, and only says so.
                continue;
            }

            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var handlers = page is null ? [] : (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods.Where(method => method.HttpMethod != "Get" && method.HttpMethod != "Head");
            path = Parameter().Replace(path, match => match.Value.Contains("int", StringComparison.Ordinal) ? "1" : new string('0', 26));
            forms.AddRange(page is null ? [path] : handlers.Select(handler => handler.Name is { Length: > 0 } name ? $"{path}?handler={name}" : path));
        }

        return forms;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
