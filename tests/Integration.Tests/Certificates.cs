using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace BooksForYou.Integration.Tests;

/// <summary>The authority and the key pairs that deploy/certs/create makes.</summary>
internal sealed class Certificates : IDisposable
{
    /// <summary>The services that have one.</summary>
    public static readonly string[] Services =
        ["marketplace", "recommendations", "inventory", "cart", "transactions", "accounts", "reviews", "all-in-one", "testgateway"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("booksforyou-certs-");

    public string Root => _folder.FullName;

    /// <summary>Runs deploy/certs/create.</summary>
    public async Task CreateAsync(params string[] options)
    {
        await using var create = ProgramRun.Start(Path.Combine(Repository.Root, "deploy", "certs", "create"), ["--out", Root, .. options]);
        Assert.True(await create.WaitForExitAsync() == 0, create.Output);
    }

    /// <summary>The settings, as environment variables, of mutual TLS between services.</summary>
    public string[] Settings() =>
    [
        $"TLS_CERT={Root}/{{service}}/tls.crt", $"TLS_KEY={Root}/{{service}}/tls.key", $"TLS_CA={Root}/ca.crt",
        "TLS_CLIENT_CERT=require", "HEALTH_PORT=0",
    ];

    /// <summary>The key pair of a service.</summary>
    public X509Certificate2 Of(string service) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(Root, service, "tls.crt"), Path.Combine(Root, service, "tls.key"));

    /// <summary>A channel to a service that shows a certificate and trusts the authority.</summary>
    public GrpcChannel OpenChannel(string address, X509Certificate2 certificate)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(Root, "ca.crt"));
        return GrpcChannel.ForAddress($"https://{address}", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = trust,
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                },
            },
        });
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
