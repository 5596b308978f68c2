using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BooksForYou.Marketplace.Tests;

public sealed class AssetTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private readonly Shop _shop = fixture.Shop;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("")]
    public async Task StyleSheet_is_sent_as_the_browser_takes_it_and_kept_for_good(string encoding)
    {
        using var response = await SendAsync(await StyleSheetAsync(), encoding);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/css; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(encoding, string.Concat(response.Content.Headers.ContentEncoding));
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        var css = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("--paper", css, StringComparison.Ordinal);
        Assert.Contains(".picks-titles", css, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StyleSheet_encoding_refused_is_sent_as_it_is()
    {
        using var response = await SendAsync(await StyleSheetAsync(), "br;q=0");

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("/favicon.svg")]
    [InlineData("/covers/1.svg")]
    public async Task Asset_that_the_browser_has_is_304(string path)
    {
        using var first = await _shop.SendAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _shop.Web.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Cover_is_an_svg_with_title_and_author()
    {
        using var response = await _shop.SendAsync("/covers/1.svg");

        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.ToString());
        var svg = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("The Maltese Falcon, Dashiell Hammett", svg.Root!.Elements().First().Value);
    }

    [Fact]
    public async Task Cover_address_of_a_page_is_kept_for_good_and_another_is_not()
    {
        var address = Regex.Match(await _shop.GetAsync("/books/1"), "/covers/1\\.svg\\?v=[0-9a-f]+").Value;

        using var known = await _shop.SendAsync(address);
        using var other = await _shop.SendAsync("/covers/1.svg?v=0");

        Assert.Contains("immutable", known.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("immutable", other.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> StyleSheetAsync() => Regex.Match(await _shop.GetAsync("/"), "/assets/site\\.[0-9a-f]+\\.css").Value;

    private Task<HttpResponseMessage> SendAsync(string path, string encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding.Length > 0)
        {
            request.Headers.AcceptEncoding.Add(StringWithQualityHeaderValue.Parse(encoding));
        }

        return _shop.Web.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
