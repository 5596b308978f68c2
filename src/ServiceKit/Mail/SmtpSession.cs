using System.Text;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>A connection to a mail server, after the greetings (RFC 5321). Why it is our own: docs/decisions/smtp.md.</summary>
internal sealed class SmtpSession(SmtpStream stream) : IMailSession
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    private HashSet<string> _extensions = [];
    private string _authMechanisms = "";
    private bool _isOpen;

    public bool IsLost { get; private set; }

    /// <summary>Greets, encrypts and signs in.</summary>
    /// <exception cref="MailException">The server does not want us, or does not offer what the settings ask for.</exception>
    public async Task OpenAsync(MailSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Tls == SmtpTls.Implicit)
        {
            await stream.EncryptAsync(settings.Host!, settings.CertificateAuthorities, cancellationToken);
        }

        Expect(await stream.ReadReplyAsync(cancellationToken), "the greeting");
        await GreetAsync(cancellationToken);
        if (settings.Tls == SmtpTls.StartTls)
        {
            if (!_extensions.Contains("STARTTLS"))
            {
                throw new MailException("The mail server does not offer STARTTLS", isConnectionLost: true);
            }

            await CommandAsync("STARTTLS", "STARTTLS", cancellationToken);
            await stream.EncryptAsync(settings.Host!, settings.CertificateAuthorities, cancellationToken);
            await GreetAsync(cancellationToken);
        }

        if (settings.User is not null)
        {
            await SignInAsync(settings.User, settings.Password!, cancellationToken);
        }

        _isOpen = true;
    }

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        try
        {
            await SmtpTransport.GuardAsync(() => TransferAsync(mail, cancellationToken), "The connection to the mail server failed", cancellationToken);
        }
        catch (MailException exception)
        {
            IsLost = exception.IsConnectionLost || !await ResetAsync(cancellationToken);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOpen && !IsLost)
        {
            using var limit = new CancellationTokenSource(QuitTimeout);
            try
            {
                await SmtpTransport.GuardAsync(() => CommandAsync("QUIT", "QUIT", limit.Token), "QUIT failed", limit.Token);
            }
            catch (MailException)
            {
                // The mails are sent; a server that does not say goodbye changes nothing.
            }
        }

        await stream.DisposeAsync();
    }

    // A line that begins with a dot gets another one, since a dot alone ends the mail (RFC 5321, section 4.5.2).
    internal static byte[] DotStuffed(byte[] mail)
    {
        using var result = new MemoryStream(mail.Length + 64);
        for (var index = 0; index < mail.Length; index++)
        {
            if (mail[index] == '.' && (index == 0 || mail[index - 1] == '\n'))
            {
                result.WriteByte((byte)'.');
            }

            result.WriteByte(mail[index]);
        }

        result.Write(".\r\n"u8);
        return result.ToArray();
    }

    private static void Expect(SmtpReply reply, string what, bool isAboutReceiver = false)
    {
        if (!reply.IsPositive)
        {
            // 421: the server closes the connection (RFC 5321, section 3.8).
            throw new MailException($"The mail server refused {what}: {reply.Codes}", isAboutReceiver && reply.IsPermanentFailure, isConnectionLost: reply.Code == 421);
        }
    }

    private static string OwnName()
    {
        var name = Environment.MachineName;
        return name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.') ? name : "localhost";
    }

    private async Task TransferAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        await CommandAsync($"MAIL FROM:<{mail.From.Address}>", "the sender", cancellationToken);
        await stream.WriteLineAsync($"RCPT TO:<{mail.To.Address}>", cancellationToken);
        Expect(await stream.ReadReplyAsync(cancellationToken), "the receiver", isAboutReceiver: true);
        await CommandAsync("DATA", "DATA", cancellationToken);
        await stream.WriteAsync(DotStuffed(MimeWriter.Write(mail)), cancellationToken);
        Expect(await stream.ReadReplyAsync(cancellationToken), "the mail");
    }

    // The next mail begins anew (RFC 5321, section 4.1.1.5).
    private async Task<bool> ResetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SmtpTransport.GuardAsync(() => CommandAsync("RSET", "RSET", cancellationToken), "RSET failed", cancellationToken);
            return true;
        }
        catch (MailException)
        {
            return false;
        }
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var reply = await CommandAsync($"EHLO {OwnName()}", "EHLO", cancellationToken);
        var offers = reply.Lines.Skip(1).Select(line => line.Trim().ToUpperInvariant()).ToList();
        _extensions = [.. offers.Select(offer => offer.Split(' ')[0])];
        _authMechanisms = offers.FirstOrDefault(offer => offer.StartsWith("AUTH ", StringComparison.Ordinal)) ?? "";
    }

    // AUTH PLAIN (RFC 4616), or LOGIN for servers that know nothing else.
    private async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

        var mechanisms = _authMechanisms.Split(' ');
        if (mechanisms.Contains("PLAIN"))
        {
            await CommandAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", "user and password", cancellationToken);
        }
        else if (mechanisms.Contains("LOGIN"))
        {
            await CommandAsync("AUTH LOGIN", "AUTH LOGIN", cancellationToken);
            await CommandAsync(Base64(user), "the user", cancellationToken);
            await CommandAsync(Base64(password), "user and password", cancellationToken);
        }
        else
        {
            throw new MailException("The mail server offers neither AUTH PLAIN nor AUTH LOGIN", isConnectionLost: true);
        }
    }

    private async Task<SmtpReply> CommandAsync(string command, string what, CancellationToken cancellationToken)
    {
        await stream.WriteLineAsync(command, cancellationToken);
        var reply = await stream.ReadReplyAsync(cancellationToken);
        Expect(reply, what);
        return reply;
    }
}
