using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>A reader who reviews a book and thinks better of it, and somebody who runs the shop: on a phone and on a desktop, with axe.</summary>
public sealed class ShopkeepingTests(Chromium chromium)
{
    private const string Password = "nine clever owls at noon";

    private static readonly Screen[] Screens = [Screen.Phone, Screen.Desktop];

    [Fact]
    public async Task Review_is_written_and_edited_and_every_page_on_the_way_is_sound()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var book = await chromium.Bookseller.AddBookAsync("The Reviewer's Companion", 5);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/register");
        var page = visit.Page;
        await page.Locator("[name=name]").FillAsync("Wilhelmina Wordsworth-Featherstonehaugh");
        await page.Locator("[name=email]").FillAsync($"{Guid.NewGuid():N}@example.com");
        await page.Locator("[name=newPassword]").FillAsync(Password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/account*");

        await page.GotoAsync(AddressOf($"/books/{book.BookId}"));
        await page.Locator("text=Write a review").ClickAsync();
        await AssertSoundAsync(visit, "review-form");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("[role=alert]").WaitForAsync();
        await AssertSoundAsync(visit, "review-form-errors");
        await page.Locator("input[name='Form.Stars'][value='4']").CheckAsync();
        await page.Locator("[name='Form.Title']").FillAsync("مراجعة: a title that runs both ways");
        await page.Locator("[name='Form.Text']").FillAsync($"First line.\n\nA word without an end: {new string('w', 300)}\n<b>not bold</b>");
        await page.Locator("main form.review-form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/books/*notice=review-saved*");

        Assert.Equal("First line.", (await page.Locator(".review-text").InnerTextAsync()).Split('\n')[0]);
        Assert.Equal(0, await page.Locator(".review-text b").CountAsync());
        await AssertSoundAsync(visit, "book-reviews");
        await page.Locator("text=Edit or delete it").ClickAsync();
        await page.Locator("input[name='Form.Stars'][value='5']").CheckAsync();
        await page.Locator("main form.review-form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/books/*notice=review-saved*");
        Assert.StartsWith("5.0", await page.Locator(".rating-average").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookseller_hides_a_reported_review_and_every_page_of_the_admin_area_is_sound()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var book = await chromium.Bookseller.AddBookAsync("A Book That Somebody Minds", 5);
        await WriteAndReportAsync(book.BookId);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/sign-in");
        var page = visit.Page;
        await page.Locator("[name=email]").FillAsync(Bookseller.Email);
        await page.Locator("[name=password]").FillAsync(Bookseller.Password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Locator("a[href='/admin']").First.ClickAsync();
        await page.WaitForURLAsync("**/admin");
        await AssertSoundAsync(visit, "admin");
        foreach (var path in new[]
        {
            "books", "books/new", $"books/{book.BookId}", $"books/{book.BookId}/stock", "orders", "promotions", "promotions/new", "report", "campaigns", "campaigns/new", "mail", "reviews",
        })
        {
            await page.GotoAsync(AddressOf($"/admin/{path}"));
            await AssertSoundAsync(visit, $"admin-{path.Replace($"{book.BookId}", "1", StringComparison.Ordinal).Replace('/', '-')}");
        }

        await page.Locator(".admin-row", new() { HasText = "I mind this." }).Locator("text=Hide it").ClickAsync();
        await page.WaitForURLAsync("**/admin/reviews?notice=hidden");
        await page.GotoAsync(AddressOf($"/books/{book.BookId}"));
        Assert.Equal(0, await page.Locator(".review").CountAsync());
    }

    private string AddressOf(string path) => new Uri(chromium.Shop, path).ToString();

    private async Task WriteAndReportAsync(int book)
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop, javaScript: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(AddressOf("/register"));
        await page.Locator("[name=name]").FillAsync("Mo");
        await page.Locator("[name=email]").FillAsync($"{Guid.NewGuid():N}@example.com");
        await page.Locator("[name=newPassword]").FillAsync(Password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/account*");
        await page.GotoAsync(AddressOf($"/books/{book}/review"));
        await page.Locator("input[name='Form.Stars'][value='1']").CheckAsync();
        await page.Locator("[name='Form.Text']").FillAsync("Something that somebody minds.");
        await page.Locator("main form.review-form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/books/*notice=review-saved*");
        await using var other = await chromium.OpenAsync(Screen.Desktop, javaScript: false);
        var stranger = await other.NewPageAsync();
        await stranger.GotoAsync(AddressOf($"/books/{book}"));
        await stranger.Locator(".review-way", new() { HasText = "Report" }).ClickAsync();
        await stranger.Locator("[name=Reason]").FillAsync("I mind this.");
        await stranger.Locator("main form button[type=submit]").ClickAsync();
        await stranger.WaitForURLAsync("**/books/*notice=reported*");
    }

    private static async Task AssertSoundAsync(PageVisit visit, string name)
    {
        foreach (var screen in Screens)
        {
            await visit.Page.SetViewportSizeAsync(screen.Width, screen.Height);
            await PageLookTests.AssertSoundAsync(visit);
            await PageLookTests.KeepAsync(visit.Page, $"{name}-{screen.Name}");
            Assert.Empty(await PageLookTests.ViolationsAsync(visit.Page, name));
        }
    }
}
