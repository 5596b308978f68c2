using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BooksForYou.Accounts.Mails;

/// <summary>A place in the list of mails that were given up: after this one.</summary>
internal sealed record StuckMailPosition(DateTimeOffset CreatedAt, string MailId)
{
    private const int LongestToken = 100;

    public string ToToken() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.UtcTicks}.{MailId}")));

    /// <summary>Reads a token; an empty one is the first page.</summary>
    public static bool TryParse(string token, out StuckMailPosition? position)
    {
        position = null;
        if (token.Length == 0)
        {
            return true;
        }

        if (token.Length > LongestToken
            || !Base64Url.IsValid(token)
            || Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split('.') is not [var ticks, var mailId]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || time > DateTimeOffset.MaxValue.UtcTicks
            || !mailId.All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        position = new StuckMailPosition(new DateTimeOffset(time, TimeSpan.Zero), mailId);
        return true;
    }
}
