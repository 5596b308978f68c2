namespace BooksForYou.ServiceKit.Mail;

/// <summary>Mails in the database of a service that are to be sent.</summary>
public interface IMailOutbox
{
    /// <summary>Takes mails that are due, the longest waiting first. Should the caller not come back, they are due again later.</summary>
    /// <param name="now">The time of now.</param>
    /// <param name="dueAgain">When they are due again.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The mails.</returns>
    Task<IReadOnlyList<DueMail>> TakeDueAsync(DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken);

    /// <summary>Notes what became of attempts. Only the latest attempt's word counts, but for success, which is always true.</summary>
    /// <param name="results">What became of them.</param>
    /// <param name="now">The time of now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when it is noted.</returns>
    Task NoteAsync(IReadOnlyCollection<MailResult> results, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Counts mails.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many wait, and how many were given up.</returns>
    Task<(long Waiting, long Dead)> CountAsync(CancellationToken cancellationToken);
}
