using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.Tests;

/// <summary>A certificate authority of a test, with the files of what it issues.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    private TestAuthority(X509Certificate2 authority, string file) => (_authority, File) = (authority, file);

    /// <summary>The file with the authority's own certificate.</summary>
    public string File { get; }

    public static string ServerUse => "1.3.6.1.5.5.7.3.1";

    public static string ClientUse => "1.3.6.1.5.5.7.3.2";

    /// <summary>Makes one, and its file in a folder.</summary>
    public static TestAuthority Create(string folder, string name = "ca")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(400));
        var file = Path.Combine(folder, $"{name}.crt");
        System.IO.File.WriteAllText(file, authority.ExportCertificatePem() + "\n");
        return new TestAuthority(authority, file);
    }

    /// <summary>Takes the one that deploy/certs/create has made in a folder.</summary>
    public static TestAuthority Open(string folder)
    {
        var file = Path.Combine(folder, "ca.crt");
        return new TestAuthority(X509Certificate2.CreateFromPemFile(file, Path.Combine(folder, "ca.key")), file);
    }

    /// <summary>Issues a certificate for servers and clients.</summary>
    /// <param name="name">Its CN.</param>
    /// <param name="alternatives">Its subject alternative names: DNS names, IP addresses and URIs; none when empty.</param>
    /// <param name="expires">When it expires; in 90 days unless said.</param>
    /// <param name="use">What for; for both unless said.</param>
    public X509Certificate2 Issue(string name, string[] alternatives, DateTimeOffset? expires = null, string? use = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var uses = new OidCollection();
        foreach (var each in use is null ? new[] { ServerUse, ClientUse } : [use])
        {
            uses.Add(new Oid(each));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, false));
        if (alternatives.Length > 0)
        {
            request.CertificateExtensions.Add(Alternatives(alternatives));
        }

        var until = expires ?? DateTimeOffset.UtcNow.AddDays(90);
        var from = new DateTimeOffset(Math.Max(until.AddDays(-200).UtcTicks, _authority.NotBefore.ToUniversalTime().Ticks), TimeSpan.Zero);
        using var issued = request.Create(_authority, from, until, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a certificate and its key, each beside its file and then renamed, as a renewal should.</summary>
    public static (string Certificate, string Key) Write(X509Certificate2 certificate, string folder)
    {
        Directory.CreateDirectory(folder);
        return (
            Replace(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem()),
            Replace(Path.Combine(folder, "tls.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Replaces a file as a whole.</summary>
    public static string Replace(string file, string content)
    {
        System.IO.File.WriteAllText(file + ".new", content);
        System.IO.File.Move(file + ".new", file, overwrite: true);
        return file;
    }

    public void Dispose() => _authority.Dispose();

    private static X509Extension Alternatives(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else if (name.Contains("://", StringComparison.Ordinal))
            {
                builder.AddUri(new Uri(name));
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
