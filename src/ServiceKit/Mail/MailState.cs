namespace BooksForYou.ServiceKit.Mail;

/// <summary>Where a mail of an outbox stands.</summary>
public enum MailState
{
    /// <summary>It waits for its next attempt.</summary>
    Waiting,

    /// <summary>It is sent.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Dead,
}
