namespace BooksForYou.Accounts;

/// <summary>What the service logs: mails by their own number, signing keys by their name, and of people nothing at all.</summary>
internal sealed partial class AccountsLog(ILogger<AccountsLog> logger)
{
    [LoggerMessage(EventName = "KeyMade", Level = LogLevel.Information, Message = "Signing key {KeyId} is made; it signs from {SignsFrom}")]
    public partial void KeyMade(string keyId, DateTimeOffset signsFrom);

    [LoggerMessage(EventName = "KeysNotRead", Level = LogLevel.Warning, Message = "The signing keys could not be read; those that are remembered serve on")]
    public partial void KeysNotRead(Exception exception);

    [LoggerMessage(EventName = "MailSent", Level = LogLevel.Debug, Message = "Mail {MailId} is sent")]
    public partial void MailSent(string mailId);

    [LoggerMessage(EventName = "MailFailed", Level = LogLevel.Warning, Message = "Mail {MailId} could not be sent at attempt {Attempt}: {Problem}. Next attempt in {Delay}")]
    public partial void MailFailed(string mailId, int attempt, string problem, TimeSpan delay);

    [LoggerMessage(EventName = "MailDead", Level = LogLevel.Error, Message = "Mail {MailId} is given up after {Attempts} attempts: {Problem}")]
    public partial void MailDead(string mailId, int attempts, string problem);

    [LoggerMessage(EventName = "MailsFailed", Level = LogLevel.Error, Message = "Mails could not be looked for; trying again")]
    public partial void MailsFailed(Exception exception);

    [LoggerMessage(EventName = "Swept", Level = LogLevel.Debug, Message = "Deleted {Count} rows that nobody needs any more")]
    public partial void Swept(int count);

    [LoggerMessage(EventName = "SweepFailed", Level = LogLevel.Warning, Message = "Signing keys and old rows could not be looked after; trying again in a minute")]
    public partial void SweepFailed(Exception exception);
}
