namespace BooksForYou.ServiceKit.Mail;

/// <summary>A mail could not be sent.</summary>
/// <param name="message">What went wrong; never an address or a server's own words, which may repeat one.</param>
/// <param name="isPermanent">Whether the server will never take this mail (RFC 5321, section 4.2.1: a reply 5yz to its receiver).</param>
/// <param name="isConnectionLost">Whether nothing more can be sent over this connection.</param>
/// <param name="innerException">The cause.</param>
public sealed class MailException(string message, bool isPermanent = false, bool isConnectionLost = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether the server will never take this mail.</summary>
    public bool IsPermanent { get; } = isPermanent;

    /// <summary>Whether nothing more can be sent over this connection.</summary>
    public bool IsConnectionLost { get; } = isConnectionLost;
}
