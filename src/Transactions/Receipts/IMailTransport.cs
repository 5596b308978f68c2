namespace BooksForYou.Transactions.Receipts;

/// <summary>Where mails go.</summary>
internal interface IMailTransport
{
    /// <summary>Connects, for a few mails.</summary>
    /// <exception cref="MailException">The mail server cannot be reached, or does not let us in.</exception>
    Task<IMailSession> ConnectAsync(CancellationToken cancellationToken);
}
