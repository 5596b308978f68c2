namespace BooksForYou.Accounts.Mails;

/// <summary>A mail that is due, as the database holds it.</summary>
internal sealed class OutgoingMail
{
    public string MailId { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string Kind { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public bool MailConsent { get; init; }

    /// <summary>The trace of the request that asked for it; empty for none.</summary>
    public string Trace { get; init; } = "";

    /// <summary>The subject of a campaign's mail; null for others.</summary>
    public string? Subject { get; init; }

    /// <summary>The text of a campaign's mail; null for others.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the receiver has changed their mind since it was written.</summary>
    public bool IsUnwanted => Kind == MailKind.Campaign && !MailConsent;

    /// <summary>Nothing of the mail: it is personal.</summary>
    public override string ToString() => $"mail {MailId}";
}
