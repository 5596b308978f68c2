using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>The lines of an SMTP connection, in clear or encrypted.</summary>
internal sealed class SmtpStream(Stream stream) : IAsyncDisposable
{
    // RFC 5321, section 4.5.3.1.5 allows 512 bytes a reply line.
    private const int MaxLine = 2048;
    private const int MaxReplyLines = 200;

    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    public async Task EncryptAsync(string host, string? certificateAuthorities, CancellationToken cancellationToken)
    {
        if (_start != _end)
        {
            // What came before the encryption did not come from the server whose certificate we are about to see (RFC 3207, section 4.2).
            throw new MailException("The mail server sent more than was asked for before STARTTLS", isConnectionLost: true);
        }

        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (certificateAuthorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(certificateAuthorities);
        }

        await encrypted.AuthenticateAsClientAsync(options, cancellationToken);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    public Task WriteLineAsync(string line, CancellationToken cancellationToken) => line.AsSpan().ContainsAny('\r', '\n')
        ? throw new ArgumentException("A command is one line.", nameof(line))
        : WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);

    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < MaxReplyLines)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                break;
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new MailException("The mail server's reply is not SMTP", isConnectionLost: true);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await _stream.ReadAsync(_buffer, cancellationToken);
                if (_end == 0)
                {
                    throw new IOException("The connection was closed");
                }
            }

            var current = (char)_buffer[_start++];
            if (current == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(current);
        }

        throw new MailException("The mail server's reply is too long", isConnectionLost: true);
    }
}
