using System.Net;
using System.Text;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Tests;

/// <summary>People who mean no good, and what they get: nothing. Against a whole shop.</summary>
public sealed class SecurityTests(OpenShopFixture fixture) : IClassFixture<OpenShopFixture>
{
    private const string HostileTitle = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

    private readonly OpenShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Book_with_a_hostile_title_is_text_from_the_search_to_the_order()
    {
        var book = await _shop.AddBookAsync(HostileTitle, quantity: 5, author: "</title><svg onload=alert(3)>");
        using var guest = new Guest(_shop);
        Assert.Equal("/basket?notice=added", await guest.AddAsync(book.BookId));
        var pages = new List<string>();
        foreach (var path in new[] { "/search?q=script%20alert", $"/books/{book.BookId}", "/basket", "/checkout" })
        {
            pages.Add(await guest.ReadAsync(path));
        }

        pages.Add(await guest.ReadAsync(await guest.BuyAsync()));

        Assert.All(pages, page =>
        {
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
        });
        using var suggestions = await guest.GetAsync("/search/suggestions?q=script%20alert");
        Assert.Equal("application/json", suggestions.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", string.Concat(suggestions.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("<script>", await suggestions.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var cover = await guest.GetAsync($"/covers/{book.BookId}.svg");
        Assert.DoesNotContain("<script", await cover.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("%22%20onfocus%3Dalert(1)%20autofocus%20x%3D%22")]
    [InlineData("'%20OR%201%3D1%20--")]
    [InlineData("%25%25%25___")]
    [InlineData("%22unclosed%20AND%20(title%3A*")]
    [InlineData("NEAR(a%20b%2C%205)%20NOT%20-x%20%5Ey")]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("%FF%FE%C0%AF")]
    [InlineData("%F0%9F%93%9A%20%E2%80%AE%D8%A7%20%E9%9B%AA%E5%9B%BD")]
    [InlineData("%0D%0ASet-Cookie%3A%20visitor%3Dstolen")]
    public async Task Search_for_hostile_words_is_a_page_with_them_as_text(string query)
    {
        using var guest = new Guest(_shop);

        using var response = await guest.GetAsync($"/search?q={query}");
        using var suggestions = await guest.GetAsync($"/search/suggestions?q={query}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, suggestions.StatusCode);
        Assert.Equal(0, guest.Cookies.Count);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onfocus", page, StringComparison.Ordinal);
        Html.Parse(page);
    }

    [Fact]
    public async Task Search_of_ten_thousand_letters_is_cut_and_answered()
    {
        using var guest = new Guest(_shop);

        using var response = await guest.GetAsync($"/search?q={new string('a', 7_000)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(new string('a', 201), await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("2147483648")]
    [InlineData("100")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("٣")]
    public async Task Basket_of_copies_that_are_no_number_from_1_to_99_stays_as_it_was(string copies)
    {
        using var guest = new Guest(_shop);

        Assert.Equal("/basket?notice=number", await guest.AddAsync(1, copies));
        Assert.Contains("There is nothing in it yet", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Email", "ada@exa\u0001mple.com")]
    [InlineData("Form.Email", "ada@example.com\r\nBcc: everybody@example.com")]
    [InlineData("Form.Cents", "a lot")]
    [InlineData("Form.Cents", "-1")]
    [InlineData("Form.Cents", "99999999999999999999")]
    [InlineData("Form.Currency", "XXX")]
    [InlineData("Form.Version", "of somebody else")]
    [InlineData("Form.Country", "<script>")]
    [InlineData("Form.Expiry", "99/99/99")]
    [InlineData("Form.SecurityCode", "٣٣٣")]
    [InlineData("Form.Number", "4242 4242 4242 4242 4242 4242 4242 4242 4242 4242")]
    public async Task Checkout_of_a_hostile_field_says_what_is_wrong_and_charges_nothing(string field, string value)
    {
        using var guest = new Guest(_shop);
        await guest.AddAsync(1);
        var form = await guest.FillAsync("4242424242424242");
        form[field] = value;

        using var response = await guest.PostAsync("/checkout", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4242424242424242", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"739\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%FF%FE%80")]
    [InlineData("%00")]
    [InlineData("%")]
    public async Task Checkout_of_bytes_that_are_no_text_is_no_order(string bytes)
    {
        using var guest = new Guest(_shop);
        await guest.AddAsync(1);
        var form = await guest.FillAsync("4242424242424242");
        form.Remove("Form.Email");
        var text = string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")) + "&Form.Email=" + bytes;

        using var response = await guest.PostAsync("/checkout", new StringContent(text, Encoding.ASCII, "application/x-www-form-urlencoded"));

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest });
        Assert.Contains("othing was charged", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("Maltese Falcon", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/basket?handler=Add")]
    [InlineData("/checkout")]
    public async Task Form_of_ten_megabytes_is_not_read(string path)
    {
        using var guest = new Guest(_shop);
        var token = Guest.FieldsOf(await guest.ReadAsync("/books/1"))["__RequestVerificationToken"];
        var form = new StringContent($"__RequestVerificationToken={Uri.EscapeDataString(token)}&junk={new string('x', 10 * 1024 * 1024)}", Encoding.ASCII, "application/x-www-form-urlencoded");

        using var response = await guest.PostAsync(path, form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("That is more than we can take", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/basket?handler=Add&returnUrl=https://evil.example")]
    [InlineData("/basket?handler=Add&ReturnUrl=//evil.example")]
    public async Task Form_that_asks_to_be_led_elsewhere_stays_in_the_shop(string path)
    {
        using var guest = new Guest(_shop);
        var token = Guest.FieldsOf(await guest.ReadAsync("/books/1"))["__RequestVerificationToken"];

        using var response = await guest.PostAsync(path, [new("book", "1"), new("copies", "1"), new("__RequestVerificationToken", token)]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/basket?notice=added", response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("evil")]
    [InlineData("")]
    public async Task SeeOther_another_site_is_refused(string address) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new SeeOther(address).ExecuteResultAsync(new ActionContext()));

    [Theory]
    [InlineData("/checkout?again=https://evil.example/%22%3E%3Cscript%3E")]
    [InlineData("/basket?notice=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/basket?notice=You+have+won")]
    public async Task Address_with_words_of_somebody_else_puts_none_of_them_on_the_page(string path)
    {
        using var guest = new Guest(_shop);
        await guest.AddAsync(1);

        var page = await guest.ReadAsync(path);

        Assert.DoesNotContain("evil.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("You have won", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sale_and_basket_of_somebody_else_are_not_shown()
    {
        using var owner = new Guest(_shop);
        await owner.AddAsync(1);
        var form = await owner.FillAsync("4242424242424242");
        using var paid = await owner.PostAsync("/checkout", form);
        using var other = new Guest(_shop);
        await other.AddAsync(2);

        Assert.Contains("The payment was never begun", await other.ReadAsync($"/checkout/sale/{form["Form.Key"]}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Maltese Falcon", await other.ReadAsync("/basket"), StringComparison.Ordinal);
    }
}
