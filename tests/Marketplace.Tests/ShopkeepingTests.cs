using System.Net;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Customers who review books and somebody who runs the shop, against a whole shop.</summary>
public sealed partial class ShopkeepingTests(OpenShopFixture fixture) : IClassFixture<OpenShopFixture>
{
    private const string Password = "nine clever owls at noon";
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private readonly OpenShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_of_the_admin_area_is_404_for_a_customer_and_there_for_the_bookseller()
    {
        using var customer = await NewCustomerAsync();
        using var bookseller = await NewBooksellerAsync();
        Assert.Contains("href=\"/admin\"", await bookseller.ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/admin\"", await customer.ReadAsync("/"), StringComparison.Ordinal);
        foreach (var (path, _) in Pages.Admin.AdminPageModel.Areas)
        {
            using var hidden = await customer.GetAsync(path);
            Assert.True(hidden.StatusCode == HttpStatusCode.NotFound, $"{path} answers a customer {(int)hidden.StatusCode}.");
        }

        foreach (var path in new[] { "/admin/books/1", "/admin/books/1/stock", "/admin/books/new", "/admin/promotions/new" })
        {
            using var hidden = await customer.GetAsync(path);
            using var shown = await bookseller.GetAsync(path);
            Assert.True(hidden.StatusCode == HttpStatusCode.NotFound, $"{path} answers a customer {(int)hidden.StatusCode}.");
            Assert.True(shown.StatusCode == HttpStatusCode.OK, $"{path} answers the bookseller {(int)shown.StatusCode}.");
            Assert.True(shown.Headers.CacheControl?.NoStore);
            Assert.Contains("noindex", await shown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Form_of_the_admin_area_sent_by_a_customer_is_404_and_changes_nothing()
    {
        using var customer = await NewCustomerAsync();
        var form = Guest.FieldsOf(await customer.ReadAsync("/account"));
        form["Delta"] = "5";
        form["Reason"] = "a gift";

        using var response = await customer.PostAsync("/admin/books/3/stock", form);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var ledger = await _shop.Inventory.ListStockEntriesAsync(new ListStockEntriesRequest { BookId = 3 }, cancellationToken: Cancellation);
        Assert.DoesNotContain(ledger.Entries, entry => entry.Reason == "a gift");
    }

    [Fact]
    public async Task AddBook_form_sent_twice_adds_one_book_and_EditBook_changes_it()
    {
        using var bookseller = await NewBooksellerAsync();
        var title = $"A Book of {Guid.NewGuid():N} {Hostile}";
        var form = Guest.FieldsOf(await bookseller.ReadAsync("/admin/books/new"));
        Fill(form, title, "12.50");
        form["Form.Copies"] = "7";

        using var first = await bookseller.PostAsync("/admin/books/new", form);
        using var second = await bookseller.PostAsync("/admin/books/new", form);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        var address = first.Headers.Location!.OriginalString.Split('?')[0];
        var edit = Guest.FieldsOf(await bookseller.ReadAsync(address));
        Fill(edit, title, "9.99");
        edit["Form.OutOfPrint"] = "true";
        using var saved = await bookseller.PostAsync(address, edit);
        Assert.Equal($"{address}?notice=saved", saved.Headers.Location?.OriginalString);
        var id = int.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var book = (await _shop.Inventory.GetBookAsync(new GetBookRequest { BookId = id }, cancellationToken: Cancellation)).Book;
        Assert.Equal((999, true, 7), (book.Price.Cents, book.OutOfPrint, book.Available));
        Assert.DoesNotContain("<script>", await bookseller.ReadAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await bookseller.ReadAsync($"{address}/stock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddBook_wrong_fields_are_named_and_what_was_typed_is_kept()
    {
        using var bookseller = await NewBooksellerAsync();
        var form = Guest.FieldsOf(await bookseller.ReadAsync("/admin/books/new"));
        Fill(form, "A Title That Stays", "1.50");
        form["Form.Isbn"] = "978-0-306-40615-0";
        form["Form.Copies"] = "0";

        using var response = await bookseller.PostAsync("/admin/books/new", form);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("The ISBN must be the 13 digits", page, StringComparison.Ordinal);
        Assert.Contains("value=\"A Title That Stays\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_adjustment_sent_twice_counts_once_and_the_ledger_adds_up()
    {
        using var bookseller = await NewBooksellerAsync();
        var book = await _shop.AddBookAsync("A Ledger to Look At", 10);
        var address = $"/admin/books/{book.BookId}/stock";
        var form = Guest.FieldsOf(await bookseller.ReadAsync(address));
        form["Delta"] = "-4";
        form["Reason"] = "water damage";

        using var first = await bookseller.PostAsync(address, form);
        using var second = await bookseller.PostAsync(address, form);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        var page = await bookseller.ReadAsync(address);
        Assert.Single(Regex.Matches(page, "water damage"));
        Assert.Equal(["6", "0", "6"], Html.Parse(page).Descendants("dd").Select(part => part.Value));
    }

    [Fact]
    public async Task CancelOrder_asks_once_more_and_cancelled_twice_is_cancelled_once()
    {
        using var bookseller = await NewBooksellerAsync();
        using var guest = new Guest(_shop);
        await guest.AddAsync(4);
        var order = (await guest.BuyAsync()).Split('/', '?')[2];
        Assert.Contains(order, await bookseller.ReadAsync("/admin/orders"), StringComparison.Ordinal);
        var form = Guest.FieldsOf(await bookseller.ReadAsync($"/admin/orders/{order}/cancel"));
        Assert.Contains("paid", await bookseller.ReadAsync($"/admin/orders/{order}"), StringComparison.Ordinal);

        using var first = await bookseller.PostAsync($"/admin/orders/{order}/cancel", form);
        using var second = await bookseller.PostAsync($"/admin/orders/{order}/cancel", form);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Contains(second.StatusCode, new[] { HttpStatusCode.SeeOther, HttpStatusCode.OK });
        Assert.Contains("paid back", await bookseller.ReadAsync($"/admin/orders/{order}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_is_written_edited_voted_for_reported_hidden_and_deleted()
    {
        using var writer = await NewCustomerAsync(Hostile);
        using var reader = await NewCustomerAsync("Grace");
        using var bookseller = await NewBooksellerAsync();
        var book = (await _shop.AddBookAsync("A Book to Have Opinions About", 3)).BookId;
        Assert.Equal($"/books/{book}?notice=review-saved#reviews", await WriteAsync(writer, book, 2, Hostile));
        Assert.Equal($"/books/{book}?notice=review-saved#reviews", await WriteAsync(writer, book, 4, $"Better at the second reading. {Hostile}"));

        var page = await reader.ReadAsync($"/books/{book}");
        Assert.Contains("Better at the second reading.", page, StringComparison.Ordinal);
        Assert.Contains("1 review<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);

        var review = ReviewAddress().Match(page).Groups[1].Value;
        for (var press = 0; press < 2; press++)
        {
            using var voted = await reader.SubmitAsync($"/books/{book}", $"/books/{book}/review?handler=Vote", new("review", review), new("helpful", "true"));
            Assert.Equal($"/books/{book}?notice=helpful&order=&after=&voted={review}#reviews", voted.Headers.Location?.OriginalString);
        }

        Assert.Contains("One reader finds this helpful.", await reader.ReadAsync($"/books/{book}"), StringComparison.Ordinal);
        using var stranger = new Guest(_shop);
        using var reported = await stranger.SubmitAsync($"/books/{book}/report/{review}", $"/books/{book}/report/{review}", new KeyValuePair<string, string>("Reason", $"Rude. {Hostile}"));
        Assert.Equal($"/books/{book}?notice=reported#reviews", reported.Headers.Location?.OriginalString);

        var queue = await bookseller.ReadAsync("/admin/reviews");
        Assert.Contains("Rude.", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", queue, StringComparison.Ordinal);
        using var hidden = await bookseller.SubmitAsync("/admin/reviews", "/admin/reviews?handler=Decide", new("review", review), new("show", "false"));
        Assert.Equal("/admin/reviews?notice=hidden", hidden.Headers.Location?.OriginalString);
        Assert.DoesNotContain("second reading", await reader.ReadAsync($"/books/{book}"), StringComparison.Ordinal);
        Assert.Contains("taken it off the page", await writer.ReadAsync($"/books/{book}"), StringComparison.Ordinal);

        using var deleted = await writer.SubmitAsync($"/books/{book}/review", $"/books/{book}/review?handler=Delete");
        Assert.Equal($"/books/{book}?notice=review-deleted#reviews", deleted.Headers.Location?.OriginalString);
        Assert.Contains("Write a review", await writer.ReadAsync($"/books/{book}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_without_stars_or_too_long_is_shown_again_with_what_was_typed()
    {
        using var writer = await NewCustomerAsync();

        using var response = await writer.SubmitAsync("/books/5/review", "/books/5/review", new("Form.Title", "Kept"), new("Form.Text", new string('a', 5001)));
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("The stars are missing", page, StringComparison.Ordinal);
        Assert.Contains("The review has more than 5,000 characters.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kept\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotion_form_sent_twice_creates_one_which_the_button_turns_on_and_off()
    {
        using var bookseller = await NewBooksellerAsync();
        var name = $"Ten percent {Guid.NewGuid():N}";
        var form = Guest.FieldsOf(await bookseller.ReadAsync("/admin/promotions/new"));
        form["Form.Name"] = name;
        form["Form.Kind"] = "PercentOffCategory";
        form["Form.Category"] = "romance";
        form["Form.Percent"] = "91";
        form["Form.From"] = "2026-02-01T08:30";
        form["Form.Until"] = "2026-01-01T00:00";
        using var wrong = await bookseller.PostAsync("/admin/promotions/new", form);
        var problems = await wrong.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("The percentage is a whole number from 1 to 90.", problems, StringComparison.Ordinal);
        Assert.Contains("The end is not after the beginning.", problems, StringComparison.Ordinal);
        form["Form.Percent"] = "10";
        form["Form.Until"] = "";
        using var first = await bookseller.PostAsync("/admin/promotions/new", form);
        using var second = await bookseller.PostAsync("/admin/promotions/new", form);
        Assert.Equal("/admin/promotions?notice=added", first.Headers.Location?.OriginalString);
        Assert.Equal("/admin/promotions?notice=added", second.Headers.Location?.OriginalString);

        var id = Regex.Matches(await bookseller.ReadAsync("/admin/promotions"), $"href=\"/admin/promotions/([^\"]+)\">{name}").Single().Groups[1].Value;
        foreach (var on in new[] { "true", "true", "false" })
        {
            using var turned = await bookseller.SubmitAsync("/admin/promotions", "/admin/promotions?handler=Turn", new("promotion", id), new("on", on));
            Assert.Equal($"/admin/promotions?notice={(on == "true" ? "on" : "off")}", turned.Headers.Location?.OriginalString);
            var offers = await _shop.Cart.ListOffersAsync(new Contracts.Cart.V1.ListOffersRequest(), cancellationToken: Cancellation);
            Assert.Equal(on == "true", offers.Offers.Any(offer => offer.Name == name));
        }

        Assert.Contains("value=\"2026-02-01T08:30\"", await bookseller.ReadAsync($"/admin/promotions/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_page_and_file_have_the_same_sums()
    {
        using var bookseller = await NewBooksellerAsync();
        using var guest = new Guest(_shop);
        await guest.AddAsync(4);
        Assert.StartsWith("/orders/", await guest.BuyAsync(), StringComparison.Ordinal);

        var page = await bookseller.ReadAsync("/admin/report?promotion=buy-two-get-one-free");
        var address = WebUtility.HtmlDecode(Regex.Match(page, "href=\"(/admin/report\\?handler=Csv[^\"]*)\"").Groups[1].Value);
        using var file = await bookseller.GetAsync(address);
        var lines = (await file.Content.ReadAsStringAsync(Cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(31, lines.Length);
        var facts = Html.Parse(page).Descendants("dd").Select(part => part.Value).ToList();
        Assert.Equal(facts[1], $"{lines.Skip(1).Sum(line => int.Parse(line.Split(',')[^3], System.Globalization.CultureInfo.InvariantCulture))}");
        Assert.NotEqual("0", facts[1]);
        Assert.Equal(30, Html.Parse(page).Descendants("rect").Count(part => (string?)part.Attribute("class") == "chart-without") - 1);
        using var nonsense = await bookseller.GetAsync("/admin/report?handler=Csv&promotion=none&from=x&until=y");
        Assert.Equal(HttpStatusCode.NotFound, nonsense.StatusCode);
    }

    [Fact]
    public async Task Campaign_is_looked_at_once_more_started_once_and_shows_how_far_it_is()
    {
        using var bookseller = await NewBooksellerAsync();
        var form = Guest.FieldsOf(await bookseller.ReadAsync("/admin/campaigns/new"));
        form["Form.Promotion"] = "buy-two-get-one-free";
        form["Form.Subject"] = $"News {Hostile}";
        using var look = await bookseller.PostAsync("/admin/campaigns/new?handler=Look", form);
        var last = await look.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Start this campaign?", last, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", last, StringComparison.Ordinal);
        var confirmed = Guest.FieldsOf(last);

        using var first = await bookseller.PostAsync("/admin/campaigns/new", confirmed);
        using var second = await bookseller.PostAsync("/admin/campaigns/new", confirmed);

        Assert.StartsWith("/admin/campaigns/", first.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var page = "";
        while (!page.Contains(">Done.<", StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
            page = await bookseller.ReadAsync(first.Headers.Location!.OriginalString);
        }

        Assert.Contains("Mails queued", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await bookseller.ReadAsync("/admin/campaigns"), StringComparison.Ordinal);
    }

    private static void Fill(Dictionary<string, string> form, string title, string price)
    {
        form["Form.Title"] = title;
        form["Form.Author"] = "Ada Quill";
        form["Form.Category"] = "mystery";
        form["Form.Price"] = price;
        form["Form.Currency"] = "EUR";
    }

    private static async Task<string?> WriteAsync(Guest writer, int book, int stars, string text)
    {
        using var response = await writer.SubmitAsync($"/books/{book}/review", $"/books/{book}/review", new("Form.Stars", $"{stars}"), new("Form.Title", text[..6]), new("Form.Text", text));
        return response.Headers.Location?.OriginalString;
    }

    private async Task<Guest> NewCustomerAsync(string name = "Ada Lovelace")
    {
        var guest = new Guest(_shop);
        Assert.NotNull(await guest.RegisterAsync($"{Guid.NewGuid():N}@example.com", Password, name));
        return guest;
    }

    private async Task<Guest> NewBooksellerAsync()
    {
        var guest = new Guest(_shop);
        Assert.NotNull(await guest.SignInAsync(Bookseller.Email, Bookseller.Password));
        return guest;
    }

    [GeneratedRegex("id=\"review-([A-Za-z0-9_-]+)\"")]
    private static partial Regex ReviewAddress();
}
