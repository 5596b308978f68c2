using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>Whom a certificate names.</summary>
internal static class CertificateNames
{
    private const string AlternativeNameOid = "2.5.29.17";
    private const string Localhost = "localhost";

    // GeneralName of RFC 5280, section 4.2.1.6.
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>Whether a certificate has a subject alternative name; one that has names nobody in its CN (RFC 9525, section 2).</summary>
    public static bool HasAlternativeName(X509Certificate2 certificate) => Find(certificate) is not null;

    /// <summary>The CN of a certificate; empty when it has none.</summary>
    public static string CommonNameOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The names and addresses of servers that a certificate is for, to be read by people.</summary>
    public static string ServersOf(X509Certificate2 certificate) => Find(certificate) is { } names
        ? string.Join(", ", [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())])
        : "";

    /// <summary>
    /// The name of the service that a certificate belongs to: the end of its SPIFFE URI, or else the DNS name without a dot, or else, where it has no
    /// alternative name at all, its CN. Null when none of these is there.
    /// </summary>
    public static string? CallerOf(X509Certificate2 certificate)
    {
        if (Find(certificate) is not { } names)
        {
            return CommonNameOf(certificate) is { Length: > 0 } name ? name : null;
        }

        return UrisOf(names).Select(ServiceOf).FirstOrDefault(name => name is not null)
            ?? names.EnumerateDnsNames().FirstOrDefault(name => !name.Contains('.', StringComparison.Ordinal) && name != Localhost);
    }

    // The last segment of the path: spiffe://booksforyou/cart, and a mesh's spiffe://cluster.local/ns/booksforyou/sa/cart.
    private static string? ServiceOf(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme == "spiffe" && parsed.Segments is [_, .., var last] ? last.Trim('/') : null;

    private static X509SubjectAlternativeNameExtension? Find(X509Certificate2 certificate)
    {
        var raw = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNameOid);
        try
        {
            return raw is null ? null : raw as X509SubjectAlternativeNameExtension ?? new X509SubjectAlternativeNameExtension(raw.RawData, raw.Critical);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static List<string> UrisOf(X509SubjectAlternativeNameExtension names)
    {
        var uris = new List<string>();
        var reader = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
        while (reader.HasData)
        {
            if (reader.PeekTag().HasSameClassAndValue(UriName))
            {
                uris.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, UriName));
            }
            else
            {
                reader.ReadEncodedValue();
            }
        }

        return uris;
    }
}
