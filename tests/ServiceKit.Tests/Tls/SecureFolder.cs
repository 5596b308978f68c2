using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace BooksForYou.ServiceKit.Tests.Tls;

/// <summary>A folder with an authority, another authority, and the certificates of a test.</summary>
internal sealed class SecureFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls-");

    public SecureFolder()
    {
        Authority = TestAuthority.Create(Root);
        OtherAuthority = TestAuthority.Create(Root, "other");
    }

    public string Root => _folder.FullName;

    public TestAuthority Authority { get; }

    public TestAuthority OtherAuthority { get; }

    /// <summary>The settings of a process with a certificate, and a health port if need be.</summary>
    public string[] Settings(X509Certificate2 certificate, string name, int healthPort = 0)
    {
        var (file, key) = TestAuthority.Write(certificate, Path.Combine(Root, name));
        return ["--tls-cert", file, "--tls-key", key, "--tls-ca", Authority.File, "--health-port", $"{healthPort}"];
    }

    /// <summary>A client that is not the kit's: it trusts every server, and shows a certificate or none.</summary>
    public static GrpcChannel OpenChannel(int port, X509Certificate2? certificate, SslProtocols protocols = SslProtocols.None) =>
        GrpcChannel.ForAddress($"https://localhost:{port}", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    EnabledSslProtocols = protocols,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                    ClientCertificates = certificate is null ? null : [certificate],
                    LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
                },
            },
        });

    public void Dispose()
    {
        Authority.Dispose();
        OtherAuthority.Dispose();
        _folder.Delete(recursive: true);
    }
}
