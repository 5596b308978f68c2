using System.Globalization;
using System.Text;

namespace BooksForYou.ServiceKit.Mail;

/// <summary>
/// Writes a mail as the bytes that travel: RFC 5322, with <c>multipart/alternative</c> (RFC 2046, section 5.1.4), quoted-printable (RFC 2045, section 6.7)
/// and encoded words in headers (RFC 2047). All of it is ASCII in lines of at most 78 characters, but for a link in a header, which is not broken.
/// </summary>
internal static class MimeWriter
{
    private const int MaxLine = 76;
    private const int MaxEncodedWordBytes = 15;

    public static byte[] Write(MailMessage mail)
    {
        // "=_" cannot come up in quoted-printable text, so the boundary cannot either.
        var boundary = $"=_{mail.Id}";
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: {Mailbox(mail.From)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: {Mailbox(mail.To)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {HeaderText(mail.Subject)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {mail.Date.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{mail.Id}@{mail.From.Domain}>\r\n")
            .Append(ListHeaders(mail.Unsubscribe))
            .Append("Auto-Submitted: auto-generated\r\n")
            .Append("MIME-Version: 1.0\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n\r\n");
        AppendPart(text, boundary, "text/plain", mail.Text);
        AppendPart(text, boundary, "text/html", mail.Html);
        text.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A text for a header: as it is if it is plain ASCII, otherwise in encoded words on folded lines. Line breaks cannot get through.</summary>
    internal static string HeaderText(string text)
    {
        if (text.Length <= MaxLine - "Subject: ".Length && text.All(character => character is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        return EncodedWords(text);
    }

    internal static string QuotedPrintable(string text)
    {
        var result = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var column = 0;
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var index = 0; index < bytes.Length; index++)
            {
                var current = bytes[index];
                var isLast = index == bytes.Length - 1;
                var isPlain = current is >= (byte)'!' and <= (byte)'~' && current != '=' || (current is (byte)' ' or (byte)'\t' && !isLast);
                var length = isPlain ? 1 : 3;
                if (column + length > MaxLine - 1)
                {
                    result.Append("=\r\n");
                    column = 0;
                }

                _ = isPlain ? result.Append((char)current) : result.Append(CultureInfo.InvariantCulture, $"={current:X2}");
                column += length;
            }

            result.Append("\r\n");
        }

        return result.ToString();
    }

    // RFC 8058, section 3.1: the mail program posts to the link when its reader clicks. An absolute URI is ASCII without spaces and brackets.
    private static string ListHeaders(Uri? unsubscribe) => unsubscribe is null
        ? ""
        : $"List-Unsubscribe: <{unsubscribe.AbsoluteUri}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";

    private static string Mailbox(MailAddress mailbox)
    {
        if (mailbox.DisplayName.Length == 0)
        {
            return mailbox.Address;
        }

        // Other characters mean something in an address, and would need quotes.
        var isPlain = mailbox.DisplayName.Length < MaxLine / 2 && mailbox.DisplayName.All(character => char.IsAsciiLetterOrDigit(character) || character == ' ');
        return $"{(isPlain ? mailbox.DisplayName : EncodedWords(mailbox.DisplayName))}\r\n <{mailbox.Address}>";
    }

    private static string EncodedWords(string text)
    {
        var words = new StringBuilder();
        var bytes = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var encoded = Encoding.UTF8.GetBytes(Rune.IsControl(rune) ? " " : rune.ToString());
            if (bytes.Count + encoded.Length > MaxEncodedWordBytes)
            {
                AppendEncodedWord(words, bytes);
            }

            bytes.AddRange(encoded);
        }

        AppendEncodedWord(words, bytes);
        return words.ToString();
    }

    private static void AppendEncodedWord(StringBuilder words, List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        words.Append(words.Length == 0 ? "" : "\r\n ").Append("=?utf-8?Q?");
        foreach (var value in bytes)
        {
            _ = char.IsAsciiLetterOrDigit((char)value) ? words.Append((char)value) : words.Append(CultureInfo.InvariantCulture, $"={value:X2}");
        }

        words.Append("?=");
        bytes.Clear();
    }

    private static void AppendPart(StringBuilder text, string boundary, string type, string content) => text
        .Append(CultureInfo.InvariantCulture, $"--{boundary}\r\n")
        .Append(CultureInfo.InvariantCulture, $"Content-Type: {type}; charset=utf-8\r\n")
        .Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
        .Append(QuotedPrintable(content));
}
