using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Tests.Hosting;
using BooksForYou.ServiceKit.Tls;

namespace BooksForYou.ServiceKit.Tests.Tls;

public sealed class TlsSettingsTests : IDisposable
{
    private readonly SecureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StartAsync_certificate_without_key_and_authority_says_what_is_missing()
    {
        Assert.Equal(
            ["TLS_KEY is not set; TLS_CERT needs it.", "TLS_CA is not set; TLS_CERT needs it."],
            await ProblemsAsync("--tls-cert", "tls.crt"));
    }

    [Fact]
    public async Task StartAsync_client_certificates_required_without_one_of_its_own_says_so()
    {
        Assert.Equal(
            ["TLS_CLIENT_CERT is \"require\", which needs TLS_CERT, TLS_KEY and TLS_CA."], await ProblemsAsync("--tls-client-cert", "require"));
    }

    [Fact]
    public async Task StartAsync_key_of_another_certificate_says_so()
    {
        using var one = _folder.Authority.Issue("one", []);
        using var other = _folder.Authority.Issue("other", []);
        var (certificate, _) = TestAuthority.Write(one, Path.Combine(_folder.Root, "one"));
        var (_, key) = TestAuthority.Write(other, Path.Combine(_folder.Root, "other"));

        Assert.Equal(
            [$"TLS_CERT cannot be used: {key} does not hold the key of the certificate in {certificate}."],
            await ProblemsAsync("--tls-cert", certificate, "--tls-key", key, "--tls-ca", _folder.Authority.File));
    }

    [Fact]
    public async Task StartAsync_web_certificate_that_is_missing_says_so()
    {
        Assert.Equal(
            ["HTTPS_CERT cannot be used: nowhere.crt cannot be read."], await ProblemsAsync("--https-cert", "nowhere.crt", "--https-key", "nowhere.key"));
    }

    [Theory]
    [InlineData("cart", "spiffe://booksforyou/cart")]
    [InlineData("cart", "reviews", "spiffe://booksforyou/cart")]
    [InlineData("cart", "spiffe://cluster.local/ns/booksforyou/sa/cart")]
    [InlineData("cart", "localhost", "cart.booksforyou.svc", "cart")]
    [InlineData("cart", "https://books.example/reviews", "cart")]
    [InlineData(null, "books.example")]
    [InlineData("marketplace")]
    public void CallerOf_is_the_URI_or_else_the_DNS_name_or_else_the_CN_of_a_certificate_without_either(string? expected, params string[] alternatives)
    {
        using var certificate = _folder.Authority.Issue("marketplace", alternatives);

        Assert.Equal(expected, CertificateNames.CallerOf(certificate));
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(params string[] args)
    {
        await using var application = TestApplication.BuildSample(null, args);
        return (await Assert.ThrowsAsync<StartException>(() => application.StartAsync(TestContext.Current.CancellationToken))).Problems;
    }
}
