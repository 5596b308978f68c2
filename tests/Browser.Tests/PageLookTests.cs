using System.Text.Json;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>Every page on a phone and on a desktop, in light and in dark: looked at by Chromium, checked by axe, and kept as a picture.</summary>
public sealed class PageLookTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string, string, string, ColorScheme> Views
    {
        get
        {
            var views = new TheoryData<string, string, string, ColorScheme>();
            foreach (var (name, path) in new[] { ("home", "/"), ("book", "/books/1"), ("category", "/categories/science-fiction"), ("search", "/search?q=night"), ("search-empty", "/search?q=xyzzyplugh"), ("basket-empty", "/basket"), ("not-found", "/no-such-page"), ("error", "/broken") })
            {
                foreach (var screen in new[] { "phone", "desktop" })
                {
                    views.Add(name, path, screen, ColorScheme.Light);
                    views.Add(name, path, screen, ColorScheme.Dark);
                }
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_in_a_window_fits_and_has_every_picture(string name, string path, string screen, ColorScheme scheme)
    {
        await using var window = await chromium.OpenAsync(Screen.Of(screen), scheme);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, path);

        await KeepAsync(visit.Page, $"{name}-{screen}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
        await AssertSoundAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_in_a_window_has_no_accessibility_violation(string name, string path, string screen, ColorScheme scheme)
    {
        await using var window = await chromium.OpenAsync(Screen.Of(screen), scheme);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, path);

        Assert.Empty(await ViolationsAsync(visit.Page, name));
    }

    [Theory]
    [InlineData("home-without-services", "/")]
    [InlineData("unavailable", "/books/1")]
    public async Task Page_services_away_looks_well_and_has_no_accessibility_violation(string name, string path)
    {
        foreach (var screen in new[] { Screen.Phone, Screen.Desktop })
        {
            await using var window = await chromium.OpenAsync(screen);
            var visit = await PageVisit.OpenAsync(window, chromium.EmptyShop, path);

            await KeepAsync(visit.Page, $"{name}-{screen.Name}-light");
            await AssertSoundAsync(visit);
            Assert.Empty(await ViolationsAsync(visit.Page, name));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/books/1")]
    [InlineData("/categories/mystery")]
    [InlineData("/no-such-page")]
    [InlineData("/search?q=night")]
    [InlineData("/basket")]
    public async Task Page_in_a_window_of_320_pixels_needs_no_sideways_scrolling(string path)
    {
        await using var window = await chromium.OpenAsync(Screen.Narrow);

        await AssertSoundAsync(await PageVisit.OpenAsync(window, chromium.Shop, path));
    }

    internal static async Task KeepAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });

    internal static async Task AssertSoundAsync(PageVisit visit)
    {
        Assert.Empty(visit.Complaints);
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("() => [...document.images].filter(image => image.naturalWidth === 0).map(image => image.src)"));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
    }

    internal static async Task<string[]> ViolationsAsync(IPage page, string name)
    {
        Assert.SkipWhen(Repository.AxeScript is null, $"axe-core is not installed, so {name} is not checked: run npm install --no-save.");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Repository.AxeScript!));
        var violations = await page.EvaluateAsync<JsonElement>("async () => (await axe.run({ resultTypes: ['violations'] })).violations");
        return [.. violations.EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id")}: {string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("failureSummary") + " " + node.GetProperty("html")))}")];
    }
}
