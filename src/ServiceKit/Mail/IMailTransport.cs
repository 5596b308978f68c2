namespace BooksForYou.ServiceKit.Mail;

/// <summary>Where mails go.</summary>
public interface IMailTransport
{
    /// <summary>Connects, for a few mails.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="MailException">The mail server cannot be reached, or does not let us in.</exception>
    Task<IMailSession> ConnectAsync(CancellationToken cancellationToken);
}
