using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BooksForYou.ServiceKit.Tls;

/// <summary>Where a certificate, its key, and the authorities that are trusted are kept, in PEM (RFC 7468).</summary>
/// <param name="Setting">The setting that names the certificate; it is how metrics and the log call it.</param>
/// <param name="CertificateFile">The certificate, and after it those between it and its authority.</param>
/// <param name="KeyFile">The private key, not encrypted.</param>
/// <param name="AuthorityFile">The authorities; null where nobody is asked for a certificate.</param>
internal sealed record CertificateFiles(string Setting, string CertificateFile, string KeyFile, string? AuthorityFile)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="CertificateException">One cannot be read.</exception>
    public Content Read() => new(this, ReadText(CertificateFile), ReadText(KeyFile), AuthorityFile is null ? null : ReadText(AuthorityFile));

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CertificateException($"{file} cannot be read", exception);
        }
    }

    /// <summary>What the files held at one moment.</summary>
    internal sealed class Content(CertificateFiles files, string certificate, string key, string? authorities)
    {
        /// <summary>Tells one content from another.</summary>
        public string Version { get; } =
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\n\0{key}\n\0{authorities}")));

        /// <summary>Makes sense of it.</summary>
        /// <exception cref="CertificateException">It makes none.</exception>
        public CertificateSet Parse()
        {
            var chain = ParseAll(certificate, files.CertificateFile);
            chain.RemoveAt(0);
            return new CertificateSet(ParsePair(), chain, authorities is null ? [] : ParseAll(authorities, files.AuthorityFile!));
        }

        private X509Certificate2 ParsePair()
        {
            try
            {
                return X509Certificate2.CreateFromPem(certificate, key);
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                throw new CertificateException($"{files.KeyFile} does not hold the key of the certificate in {files.CertificateFile}", exception);
            }
        }

        private static X509Certificate2Collection ParseAll(string pem, string file)
        {
            var certificates = new X509Certificate2Collection();
            try
            {
                certificates.ImportFromPem(pem);
            }
            catch (CryptographicException exception)
            {
                throw new CertificateException($"{file} holds something else than certificates in PEM", exception);
            }

            return certificates.Count > 0 ? certificates : throw new CertificateException($"{file} holds no certificate in PEM");
        }
    }
}
