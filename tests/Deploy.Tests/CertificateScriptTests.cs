using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.Deploy.Tests;

/// <summary>What deploy/certs/create makes, and what it does not do.</summary>
public sealed class CertificateScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("booksforyou-certs-");

    private string Root => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Create_makes_an_authority_and_pairs_that_only_their_owner_can_read()
    {
        Assert.Equal(0, (await CreateAsync("--san", "books.example", "--days", "7", "cart", "all-in-one")).ExitCode);

        using var certificate = Load("cart");
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(Path.Combine(Root, "cart", "ca.crt"));
        Assert.True(chain.Build(certificate));
        foreach (var name in (string[])["cart", "cart.booksforyou", "cart.booksforyou.svc", "localhost", "127.0.0.1", "books.example"])
        {
            Assert.True(certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false), name);
        }

        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.InRange(certificate.NotAfter - DateTime.Now, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Contains("spiffe://booksforyou/cart", certificate.Extensions["2.5.29.17"]!.Format(false), StringComparison.Ordinal);
        var files = _folder.GetFiles("*", SearchOption.AllDirectories);
        Assert.Equal(8, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public async Task Create_again_refuses_to_overwrite_the_authority_and_renew_issues_by_it()
    {
        Assert.Equal(0, (await CreateAsync("cart")).ExitCode);
        var authority = await File.ReadAllTextAsync(Path.Combine(Root, "ca.crt"), TestContext.Current.CancellationToken);
        using var first = Load("cart");

        var (refused, output) = await CreateAsync("cart");
        var (renewed, _) = await CreateAsync("--renew", "cart");

        using var second = Load("cart");
        Assert.Equal((1, 0), (refused, renewed));
        Assert.Contains("has an authority already", output, StringComparison.Ordinal);
        Assert.Equal(authority, await File.ReadAllTextAsync(Path.Combine(Root, "ca.crt"), TestContext.Current.CancellationToken));
        Assert.NotEqual(first.SerialNumber, second.SerialNumber);
        Assert.NotEqual(first.GetPublicKeyString(), second.GetPublicKeyString());
        Assert.Equal(first.Issuer, second.Issuer);
    }

    [Theory]
    [InlineData(2, "--days", "soon")]
    [InlineData(2, "../cart")]
    [InlineData(2, "--what")]
    [InlineData(1, "--renew")]
    public async Task Create_asked_for_nonsense_makes_nothing(int exitCode, params string[] arguments)
    {
        Assert.Equal(exitCode, (await CreateAsync(arguments)).ExitCode);

        Assert.Empty(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    private X509Certificate2 Load(string service) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(Root, service, "tls.crt"), Path.Combine(Root, service, "tls.key"));

    private async Task<(int ExitCode, string Output)> CreateAsync(params string[] arguments)
    {
        await using var create = ProgramRun.Start(Path.Combine(Repository.Root, "deploy", "certs", "create"), ["--out", Root, .. arguments]);
        return (await create.WaitForExitAsync(), create.Output);
    }
}
