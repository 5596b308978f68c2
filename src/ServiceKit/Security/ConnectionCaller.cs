using System.Security.Cryptography.X509Certificates;
using BooksForYou.ServiceKit.Tls;

namespace BooksForYou.ServiceKit.Security;

/// <summary>The service at the other end of a connection, as its certificate names it. A feature of the connection, and so of each call on it.</summary>
/// <param name="Name">Its name; null when the certificate has none.</param>
/// <param name="IsSelf">Whether it is this very service, which calls itself where several share a process, and from the command line.</param>
/// <param name="Subject">What the certificate says of its owner.</param>
internal sealed record ConnectionCaller(string? Name, bool IsSelf, string Subject)
{
    /// <summary>Reads a certificate that has been checked.</summary>
    public static ConnectionCaller Of(X509Certificate2 certificate, string? ownName)
    {
        var name = CertificateNames.CallerOf(certificate);
        return new ConnectionCaller(name, name is not null && name.Equals(ownName, StringComparison.OrdinalIgnoreCase), certificate.Subject);
    }
}
