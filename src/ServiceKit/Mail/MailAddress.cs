namespace BooksForYou.ServiceKit.Mail;

/// <summary>A mailbox: <c>name@example.com</c>, with or without the name of whom it belongs to.</summary>
/// <remarks>Plain ASCII in the form of RFC 5321, section 4.1.2, without quoted local parts and address literals, which people do not have.</remarks>
public sealed record MailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalPart = 64;
    private const int MaxLabel = 63;
    private const string AtomSpecials = "!#$%&'*+-/=?^_`{|}~";

    private MailAddress(string displayName, string address)
    {
        DisplayName = displayName;
        Address = address;
    }

    /// <summary>Whose mailbox it is; empty when that is not said.</summary>
    public string DisplayName { get; }

    /// <summary>The address: <c>name@example.com</c>.</summary>
    public string Address { get; }

    /// <summary>What is behind the @.</summary>
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Whether a text is an address, without a name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf('@');
        return text.Length <= MaxLength && at is > 0 and <= MaxLocalPart && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    /// <summary>Makes an address of a text that is one.</summary>
    /// <param name="address">The text.</param>
    /// <returns>The address.</returns>
    public static MailAddress Of(string address) => new("", address);

    /// <summary>Reads <c>name@example.com</c> or <c>Our Shop &lt;name@example.com&gt;</c>; null when it is neither.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address, or null.</returns>
    public static MailAddress? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        var (name, address) = text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var start
            ? (text[..start].Trim().Trim('"'), text[(start + 1)..^1].Trim())
            : ("", text);
        return IsAddress(address) && !name.Any(char.IsControl) ? new MailAddress(name, address) : null;
    }

    private static bool IsLocalPart(string text) =>
        text.Split('.').All(atom => atom.Length > 0 && atom.All(character => char.IsAsciiLetterOrDigit(character) || AtomSpecials.Contains(character)));

    private static bool IsDomain(string text)
    {
        var labels = text.Split('.');
        return labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
