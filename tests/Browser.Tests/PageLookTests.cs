using System.Text.Json;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>Every page in every state, on a phone and on a desktop, in light and in dark: looked at by Chromium, checked by axe, and with <c>PICTURES=1</c> kept as a picture.</summary>
public sealed class PageLookTests(Chromium chromium)
{
    // WCAG 2.2, success criterion 2.5.8, and room for a thumb where there is no line of text around it.
    private const int SmallestTarget = 24;

    // Pages with much side by side: they have to fit the narrowest window as well.
    private static readonly HashSet<string> Narrowed =
    [
        "home", "book", "category", "not-found", "search", "suggestions", "basket", "checkout-errors", "order", "sign-in", "account", "orders", "basket-discount",
    ];

    public static TheoryData<string> Views => [.. PageViews.All.Keys];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_in_light_and_in_dark_fits_its_window_and_has_no_accessibility_violation(string name)
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var visit = await PageViews.All[name](chromium, window);
        foreach (var screen in new[] { Screen.Phone, Screen.Desktop })
        {
            await visit.Page.SetViewportSizeAsync(screen.Width, screen.Height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await KeepAsync(visit.Page, $"{name}-{screen.Name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
                await AssertSoundAsync(visit);

                // By day on a desktop, by night on a phone: what axe looks at depends on either, and hardly on both.
                if ((screen == Screen.Desktop) == (scheme == ColorScheme.Light))
                {
                    Assert.Empty(await ViolationsAsync(visit.Page, name));
                }
            }
        }

        if (Narrowed.Contains(name))
        {
            await visit.Page.SetViewportSizeAsync(Screen.Narrow.Width, Screen.Narrow.Height);
            await AssertSoundAsync(visit);
        }
    }

    // Pictures are for people only, and cost as much time as all the rest.
    internal static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>Nothing is missing or blocked, nothing sticks out to the side, and nothing to press is too small for a finger.</summary>
    internal static async Task AssertSoundAsync(PageVisit visit)
    {
        Assert.Empty(visit.Complaints);
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("() => [...document.images].filter(image => image.complete && image.naturalWidth === 0).map(image => image.src)"));
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(
            """
            () => {
              const { scrollWidth, clientWidth } = document.documentElement;
              return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll("body *")]
                .filter(part => part.getBoundingClientRect().right > clientWidth)
                .map(part => `${part.getBoundingClientRect().right} of ${clientWidth}: ${part.outerHTML.slice(0, 120)}`);
            }
            """));
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(
            """
            smallest => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary, .button, .till, .signs-link")]
              .filter(target => target.checkVisibility())
              .map(target => ({ target, box: target.getBoundingClientRect() }))
              .filter(({ box }) => box.width < smallest || box.height < smallest)
              .map(({ target, box }) => `${target.outerHTML} is ${box.width} by ${box.height}`)
            """,
            SmallestTarget));
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
