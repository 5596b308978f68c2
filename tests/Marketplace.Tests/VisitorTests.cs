using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Marketplace.Tests;

/// <summary>What the shop keeps of its visitors: cookies, keys of forms, lines of its log, and how often who has asked.</summary>
public sealed class VisitorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cookies_are_HttpOnly_and_SameSite_and_over_TLS_Secure(bool isTls)
    {
        await using var shop = await OpenShop.StartAsync("--marketplace-proxies", "1");
        using var guest = new Guest(shop);
        guest.Headers["X-Forwarded-Proto"] = isTls ? "https" : "http";
        using var page = await guest.GetAsync("/books/1");
        var token = Guest.FieldsOf(await page.Content.ReadAsStringAsync(Cancellation))["__RequestVerificationToken"];
        // Over the plain connection of this test a Secure cookie is not sent back by itself.
        guest.Headers["Cookie"] = CookiesOf(page);
        using var added = await guest.PostAsync("/basket?handler=Add", [new("book", "1"), new("copies", "1"), new("__RequestVerificationToken", token)]);
        guest.Headers["Cookie"] = CookiesOf(added);
        using var basket = await guest.GetAsync("/basket");

        var cookies = new[] { page, added, basket }.SelectMany(response => response.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.Equal(["antiforgery", "copies", "visitor"], cookies.Select(cookie => cookie.Split('=')[0]).Distinct().Order());
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(isTls, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Searches_more_than_allowed_are_429_with_RetryAfter_and_a_page_and_others_go_on()
    {
        await using var shop = await OpenShop.StartAsync("--marketplace-proxies", "1", "--marketplace-searches-per-minute", "3");
        using var guest = new Guest(shop);
        guest.Headers["X-Forwarded-For"] = "198.51.100.7";
        for (var search = 0; search < 3; search++)
        {
            using var allowed = await guest.GetAsync("/search?q=rose");
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        // What a visitor writes before the proxy's own entry is believed by nobody.
        guest.Headers["X-Forwarded-For"] = "203.0.113.99, 198.51.100.7";
        using var page = await guest.GetAsync("/search?q=rose");
        using var suggestions = await guest.GetAsync("/search/suggestions?q=rose");
        using var book = await guest.GetAsync("/books/1");
        guest.Headers["X-Forwarded-For"] = "198.51.100.8";
        using var other = await guest.GetAsync("/search?q=rose");

        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, suggestions.StatusCode);
        Assert.InRange(page.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains("A little slower, please", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, book.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Payments_more_than_allowed_are_429_and_sell_nothing()
    {
        await using var shop = await OpenShop.StartAsync("--marketplace-checkouts-per-minute", "2");
        using var guest = new Guest(shop);
        await guest.AddAsync(1);
        var form = await guest.FillAsync("4000000000000002");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var declined = await guest.PostAsync("/checkout", form);
            Assert.Equal(HttpStatusCode.OK, declined.StatusCode);
        }

        // Without a proxy nobody is believed who claims to be somebody else.
        guest.Headers["X-Forwarded-For"] = "203.0.113.99";
        using var response = await guest.PostAsync("/checkout", await guest.FillAsync("4242424242424242"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.Contains("A little slower, please", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("Maltese Falcon", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIns_more_than_allowed_are_429_with_a_page()
    {
        await using var shop = await OpenShop.StartWithoutServicesAsync("--marketplace-sign-ins-per-minute", "2");
        using var guest = new Guest(shop);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var allowed = await guest.SubmitAsync("/sign-in", "/sign-in", new KeyValuePair<string, string>("email", "ada"));
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var response = await guest.SubmitAsync("/sign-in", "/register", new KeyValuePair<string, string>("email", "ada"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("A little slower, please", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_opened_before_a_restart_is_taken_after_it_and_the_basket_is_there()
    {
        await using var shop = await OpenShop.StartAsync();
        using var guest = new Guest(shop);
        await guest.AddAsync(1, "3");
        var form = await guest.FillAsync("4242424242424242");

        await shop.RestartAsync();

        Assert.Contains("Maltese Falcon", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
        using var response = await guest.PostAsync("/checkout", form);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("/orders/", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purchase_with_all_that_may_go_wrong_leaves_card_and_customer_out_of_the_log()
    {
        var log = new RecordedLog();
        await using var shop = await OpenShop.StartAsync(log);
        using var guest = new Guest(shop);
        await guest.AddAsync(1);
        var keys = new List<string>();
        foreach (var card in new[] { "4242424242424241", "4000000000000002", "4000000000000507", "4242424242424242" })
        {
            var form = await guest.FillAsync(card);
            keys.Add(form["Form.Key"]);
            using var response = await guest.PostAsync("/checkout", form);
            if (response.Headers.Location is { } order)
            {
                keys.Add(order.OriginalString.Split('/', '?')[2]);
                using var page = await guest.GetAsync(order.OriginalString);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                break;
            }
        }

        var lines = log.Events.Where(line => !line.Category.StartsWith("Microsoft.AspNetCore.Server", StringComparison.Ordinal)).Select(line => $"{line.Category} {line.Message} {line.Exception}").ToList();
        Assert.NotEmpty(lines);
        foreach (var secret in new[] { "4242424242424241", "4000000000000002", "4000000000000507", "ada.lovelace", "Lovelace", "St James", "SW1Y" })
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain(lines, line => Regex.IsMatch(line, @"(?<!\d)739(?!\d)") && line.Contains("security", StringComparison.OrdinalIgnoreCase));
    }

    private static string CookiesOf(HttpResponseMessage response) =>
        string.Join("; ", response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : []);
}
