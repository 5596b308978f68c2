using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>People who visit the shop: with a mouse, with a keyboard, without scripts.</summary>
public sealed class VisitTests(Chromium chromium)
{
    [Fact]
    public async Task Cover_in_the_window_clicked_opens_its_book()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;
        var title = await page.Locator(".picks-titles > li").Nth(1).TextContentAsync();

        await page.Mouse.ClickAsync(await CentreAsync(page.Locator(".picks .cover").Nth(1), isX: true), await CentreAsync(page.Locator(".picks .cover").Nth(1), isX: false));

        await page.WaitForURLAsync("**/books/*");
        Assert.Equal(title, await page.Locator("h1").TextContentAsync());
    }

    [Fact]
    public async Task Keyboard_alone_skips_to_the_books_and_opens_one()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the books", await FocusedTextAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Sign in to use it", await FocusedTextAsync(page));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("See the whole mystery shelf", await FocusedTextAsync(page));
        await page.Keyboard.PressAsync("Tab");
        var title = await page.Locator(".picks-titles > li").First.TextContentAsync();
        Assert.StartsWith(title!, await FocusedTextAsync(page), StringComparison.Ordinal);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, "home-focus.png") });
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/books/*");
        Assert.Equal(title, await page.Locator("h1").TextContentAsync());
    }

    [Fact]
    public async Task Scripts_turned_off_a_visitor_gets_from_the_window_to_a_book_and_along_a_shelf()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone, javaScript: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(chromium.Shop.ToString());

        Assert.Equal(3, await page.Locator("li:not([class])").CountAsync());
        await page.Locator(".tile-link").First.ClickAsync();
        await page.WaitForURLAsync("**/books/*");
        await page.Locator(".facts a").ClickAsync();
        await page.WaitForURLAsync("**/categories/*");
        var first = await page.Locator(".tile-title").First.TextContentAsync();
        await page.Locator("a[rel=next]").ClickAsync();
        await page.WaitForURLAsync("**/categories/*?after=*");

        Assert.NotEqual(first, await page.Locator(".tile-title").First.TextContentAsync());
    }

    [Fact]
    public async Task Motion_unwanted_nothing_moves()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop, motion: ReducedMotion.Reduce);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;

        Assert.Equal(0, await page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('*')].filter(element => parseFloat(getComputedStyle(element).transitionDuration) > 0).length"));
    }

    [Fact]
    public async Task Book_printed_has_its_text_and_no_navigation()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/books/1")).Page;

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await page.Locator("h1").IsVisibleAsync());
        Assert.False(await page.Locator(".signs").IsVisibleAsync());
        Assert.False(await page.Locator(".footer-nav").IsVisibleAsync());
    }

    private static Task<string> FocusedTextAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.textContent");

    private static async Task<float> CentreAsync(ILocator locator, bool isX)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return isX ? box.X + (box.Width / 2) : box.Y + (box.Height / 2);
    }
}
