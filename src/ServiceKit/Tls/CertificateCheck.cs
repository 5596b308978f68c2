using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>Whether the other end of a connection is who it should be. What is wrong is said so that an operator knows what to mend.</summary>
internal static class CertificateCheck
{
    private const X509ChainStatusFlags ForeignFlags =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    // RFC 5280, section 4.2.1.12.
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Says why a client is refused; null when it is not.</summary>
    /// <param name="certificate">What it has shown.</param>
    /// <param name="trusted">What it is checked against.</param>
    /// <param name="sent">The certificates that came with it.</param>
    public static string? RefusalOfClient(X509Certificate2? certificate, CertificateSet trusted, X509Certificate2Collection? sent) => certificate is null
        ? "it has shown no certificate"
        : ChainRefusal(certificate, trusted, sent, ClientUse, "clients");

    /// <summary>Says why a server is refused; null when it is not.</summary>
    /// <param name="certificate">What it has shown.</param>
    /// <param name="host">The name or address that it was looked for by; null when it is this very process.</param>
    /// <param name="trusted">What it is checked against.</param>
    /// <param name="sent">The certificates that came with it.</param>
    public static string? RefusalOfServer(X509Certificate2? certificate, string? host, CertificateSet trusted, X509Certificate2Collection? sent)
    {
        if (certificate is null)
        {
            return "it has shown no certificate";
        }

        if (ChainRefusal(certificate, trusted, sent, ServerUse, "servers") is { } refusal)
        {
            return refusal;
        }

        if (host is null || certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false))
        {
            return null;
        }

        return CertificateNames.HasAlternativeName(certificate)
            ? $"its certificate is for {CertificateNames.ServersOf(certificate)}, not for {host}"
            : $"its certificate names the server in the CN only ({CertificateNames.CommonNameOf(certificate)}), which is not looked at: it needs a subject alternative name (SAN) for {host}";
    }

    private static string? ChainRefusal(
        X509Certificate2 certificate, CertificateSet trusted, X509Certificate2Collection? sent, Oid use, string users)
    {
        using var chain = new X509Chain { ChainPolicy = trusted.NewChainPolicy() };
        chain.ChainPolicy.ApplicationPolicy.Add(use);
        chain.ChainPolicy.ExtraStore.AddRange(sent ?? []);
        if (chain.Build(certificate))
        {
            return null;
        }

        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return flags switch
        {
            _ when (flags & ForeignFlags) != 0 =>
                $"its certificate ({certificate.Subject}) comes from another authority ({certificate.Issuer}) than those of TLS_CA",
            _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => TimeRefusal(certificate),
            _ when flags.HasFlag(X509ChainStatusFlags.NotValidForUsage) => $"its certificate ({certificate.Subject}) is not for {users}",
            _ => $"its certificate ({certificate.Subject}) is not valid: {flags}",
        };
    }

    private static string TimeRefusal(X509Certificate2 certificate)
    {
        var now = DateTime.Now;
        return now > certificate.NotAfter ? $"its certificate ({certificate.Subject}) expired on {Text(certificate.NotAfter)}"
            : now < certificate.NotBefore ? $"its certificate ({certificate.Subject}) is valid only from {Text(certificate.NotBefore)}"
            : "the certificate of its authority is not valid at this time";
    }

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
