using System.Net;
using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The shop with a certificate of its own, and behind proxies.</summary>
public sealed class SecureTransportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-tls-");
    private readonly TestAuthority _authority;

    public SecureTransportTests() => _authority = TestAuthority.Create(_folder.FullName);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Page_over_TLS_tells_browsers_to_stay_there_and_its_cookies_are_secure()
    {
        var port = FreePort.Next();
        await using var shop = await StartAsync(port);
        using var web = NewBrowser();

        using var page = await web.SendAsync(Request($"https://localhost:{port}/sign-in", "books.example"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Plain_page_leads_to_the_encrypted_one()
    {
        var port = FreePort.Next();
        await using var shop = await StartAsync(port);

        using var page = await shop.Web.SendAsync(Request("/books/1?from=list", "books.example"), Cancellation);

        Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
        Assert.Equal($"https://books.example:{port}/books/1?from=list", page.Headers.Location!.AbsoluteUri);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.OK, (await shop.SendAsync("/healthz/ready")).StatusCode);
    }

    [Fact]
    public async Task Plain_page_from_a_proxy_is_answered()
    {
        await using var shop = await StartAsync(FreePort.Next(), "--marketplace-proxies", "1");

        Assert.Equal(HttpStatusCode.OK, (await shop.SendAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task Certificate_that_is_renewed_is_shown_without_a_restart()
    {
        var port = FreePort.Next();
        await using var shop = await StartAsync(port);
        using var renewed = _authority.Issue("books", ["localhost"]);
        TestAuthority.Write(renewed, _folder.FullName);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? shown = null;
        while (shown != renewed.GetCertHashString())
        {
            using var web = NewBrowser(hash => shown = hash);
            using var page = await web.GetAsync(new Uri($"https://localhost:{port}/healthz/live"), limit.Token);
        }
    }

    [Theory]
    [InlineData("127.0.0.0/8,::1/128", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task Forwarded_headers_are_believed_from_the_networks_of_the_proxies_only(string networks, bool believed)
    {
        await using var shop = await Shop.StartAsync(null, "--marketplace-proxies", "1", "--marketplace-proxy-networks", networks);
        using var request = Request("/sign-in", "books.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var page = await shop.Web.SendAsync(request, Cancellation);

        Assert.All(
            page.Headers.GetValues("Set-Cookie"), cookie => Assert.Equal(believed, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("ten", "1", "Marketplace:ProxyNetworks: it takes networks separated by commas, such as 10.0.0.0/8,192.168.1.5/32.")]
    [InlineData("10.0.0.0/8", "0", "Marketplace:ProxyNetworks: it needs Marketplace:Proxies, which says how many proxies there are.")]
    public async Task Networks_that_make_no_sense_are_a_mistake(string networks, string proxies, string problem)
    {
        var exception = await Assert.ThrowsAsync<StartException>(() =>
            Shop.StartAsync(null, "--marketplace-proxies", proxies, "--marketplace-proxy-networks", networks));

        Assert.Equal([problem], exception.Problems);
    }

    private static HttpRequestMessage Request(string address, string host) =>
        new(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute)) { Headers = { Host = host } };

    private static HttpClient NewBrowser(Action<string>? seen = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                seen?.Invoke(certificate!.GetCertHashString());
                return certificate is not null;
            },
        },
    });

    private Task<Shop> StartAsync(int port, params string[] settings)
    {
        using var certificate = _authority.Issue("books", ["localhost"]);
        var (file, key) = TestAuthority.Write(certificate, _folder.FullName);
        return Shop.StartAsync(null, ["--https-port", $"{port}", "--https-cert", file, "--https-key", key, .. settings]);
    }
}
