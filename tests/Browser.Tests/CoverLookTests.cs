using System.Text;
using System.Text.Json;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Tests.Covers;

namespace BooksForYou.Browser.Tests;

/// <summary>Covers as Chromium draws them, with the fonts of this machine.</summary>
public sealed class CoverLookTests(Chromium chromium)
{
    [Fact]
    public async Task Covers_of_hard_titles_keep_every_line_inside()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = await window.NewPageAsync();
        var covers = HardTitles.All.SelectMany(title => Enum.GetValues<BookCategory>().Select(category => CoverPress.Print(title, "Somebody With a Name, Another", category)));
        await page.SetContentAsync("<style>svg { width: 90px; height: 135px }</style>" + string.Concat(covers.Select(Encoding.UTF8.GetString)));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, "covers-hard-titles.png"), FullPage = true });

        var outside = await page.EvaluateAsync<JsonElement>("""
            () => [...document.querySelectorAll("text")]
              .map(text => ({ text: text.textContent, box: text.getBBox() }))
              .filter(({ box }) => box.width > 0 && (box.x < 8 || box.x + box.width > 232 || box.y < 4 || box.y + box.height > 356))
              .map(({ text, box }) => `${text} ${box.x} ${box.y} ${box.width} ${box.height}`)
            """);

        Assert.Empty(outside.EnumerateArray().Select(line => line.GetString()));
    }
}
