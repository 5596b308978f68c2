namespace BooksForYou.Accounts.Mails;

/// <summary>A mail that was given up, as the database holds it.</summary>
internal sealed class StuckMailRow
{
    public string MailId { get; init; } = "";

    public string Kind { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; init; }

    public string LastError { get; init; } = "";
}
