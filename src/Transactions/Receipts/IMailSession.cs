namespace BooksForYou.Transactions.Receipts;

/// <summary>A connection that mails go over, one after the other.</summary>
internal interface IMailSession : IAsyncDisposable
{
    /// <summary>Whether nothing more can be sent over this connection.</summary>
    bool IsLost { get; }

    /// <summary>Sends a mail. When it returns, the mail is in the hands of the other side, on disk as far as that promises it.</summary>
    /// <exception cref="MailException">It could not be sent.</exception>
    Task SendAsync(MailMessage mail, CancellationToken cancellationToken);
}
