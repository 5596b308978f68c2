using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>A page in a window, and what the browser had to say about it.</summary>
internal sealed class PageVisit
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _expected = [];

    private PageVisit(IPage page) => Page = page;

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of the console, content that was blocked, requests that failed or went to somebody else.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page, and scrolls through it so that pictures further down are fetched too.</summary>
    public static async Task<PageVisit> OpenAsync(IBrowserContext window, Uri shop, string path)
    {
        var visit = new PageVisit(await window.NewPageAsync());
        var page = visit.Page;
        var address = new Uri(shop, path);
        page.Console += (_, message) => visit.Note(message);
        page.PageError += (_, error) => visit._complaints.Add(error);
        page.RequestFailed += (_, request) => visit._complaints.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != shop.Authority)
            {
                visit._complaints.Add($"asks somebody else: {request.Url}");
            }
        };
        visit.Expect(address.PathAndQuery);
        await page.GotoAsync(address.ToString());
        await page.EvaluateAsync("""
            async () => {
              const images = [...document.images];
              for (const image of images) image.loading = "eager";
              await Promise.all(images.map(image => image.decode().catch(() => { })));
            }
            """);
        return visit;
    }

    /// <summary>The browser reports a page whose status is an error; of these addresses, that is what was asked for.</summary>
    public void Expect(string path) => _expected.Add(path);

    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !_expected.Exists(path => message.Location.Contains(path + ":", StringComparison.Ordinal)))
        {
            _complaints.Add($"{message.Text} ({message.Location})");
        }
    }
}
