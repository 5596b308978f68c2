using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>The Chromium that is installed on this machine, and the shop for it to look at: a whole one, and one whose services are all away.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--font-render-hinting=none",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private OpenShop? _shop;
    private OpenShop? _emptyShop;
    private OpenShop? _strictShop;

    /// <summary>The address of the shop.</summary>
    internal Uri Shop => _shop!.Address;

    /// <summary>The shop itself, for a bookseller's work.</summary>
    internal OpenShop Bookseller => _shop!;

    /// <summary>The address of a shop whose services have never answered.</summary>
    internal Uri EmptyShop => _emptyShop!.Address;

    /// <summary>The address of a shop that takes one search a minute.</summary>
    internal Uri StrictShop => _strictShop!.Address;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } program)
        {
            return;
        }

        _shop = await OpenShop.StartAsync();
        _emptyShop = await OpenShop.StartWithoutServicesAsync();
        _strictShop = await OpenShop.StartWithoutServicesAsync("--marketplace-searches-per-minute", "1");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        foreach (var shop in new[] { _shop, _emptyShop, _strictShop }.OfType<OpenShop>())
        {
            await shop.DisposeAsync();
        }
    }

    /// <summary>Opens a window; skips the test when there is no Chromium.</summary>
    internal async Task<IBrowserContext> OpenAsync(Screen screen, ColorScheme scheme = ColorScheme.Light, bool javaScript = true, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        Assert.SkipWhen(_browser is null, $"Chromium is not installed: there is none of {string.Join(", ", Places)}.");
        return await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            DeviceScaleFactor = screen.Scale,
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
            ReducedMotion = motion,
        });
    }
}

/// <summary>A size of window.</summary>
internal sealed record Screen(string Name, int Width, int Height, float Scale)
{
    public static readonly Screen Phone = new("phone", 390, 844, 2);

    public static readonly Screen Desktop = new("desktop", 1280, 800, 1);

    public static readonly Screen Narrow = new("narrow", 320, 640, 1);
}
