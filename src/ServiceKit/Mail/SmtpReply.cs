namespace BooksForYou.ServiceKit.Mail;

/// <summary>A server's reply (RFC 5321, section 4.2): its code and its lines, without the code.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsPermanentFailure => Code is >= 500 and < 600;

    /// <summary>The code and, where there is one, the enhanced code (RFC 3463): <c>550 5.1.1</c>. The words that follow may repeat an address.</summary>
    public string Codes
    {
        get
        {
            var enhanced = Lines[^1].Split(' ', 2)[0];
            var isEnhanced = enhanced.Length is >= 5 and <= 11 && enhanced.Split('.') is { Length: 3 } parts && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
            return isEnhanced ? $"{Code} {enhanced}" : $"{Code}";
        }
    }
}
