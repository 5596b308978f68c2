namespace BooksForYou.ServiceKit.Mail;

/// <summary>How a connection to a mail server is encrypted.</summary>
internal enum SmtpTls
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>After the greeting (RFC 3207); without it nothing is sent.</summary>
    StartTls,

    /// <summary>From the first byte (RFC 8314, section 3.3).</summary>
    Implicit,
}
