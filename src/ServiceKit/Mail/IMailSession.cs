namespace BooksForYou.ServiceKit.Mail;

/// <summary>A connection that mails go over, one after the other.</summary>
public interface IMailSession : IAsyncDisposable
{
    /// <summary>Whether nothing more can be sent over this connection.</summary>
    bool IsLost { get; }

    /// <summary>Sends a mail. When it returns, the mail is in the hands of the other side, on disk as far as that promises it.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when it is sent.</returns>
    /// <exception cref="MailException">It could not be sent.</exception>
    Task SendAsync(MailMessage mail, CancellationToken cancellationToken);
}
