using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;

namespace BooksForYou.Accounts.People;

/// <summary>An account as the database holds it.</summary>
internal sealed class Account
{
    public const string Columns =
        """
        account.account_id AS AccountId, account.email AS Email, account.email_folded AS EmailFolded, account.email_confirmed AS EmailConfirmed,
        account.name AS Name, account.password_hash AS PasswordHash, account.mail_consent AS MailConsent, account.admin AS Admin,
        account.created_at AS CreatedAt
        """;

    private const string IdPrefix = "account:";

    public string AccountId { get; init; } = "";

    public string Email { get; init; } = "";

    public string EmailFolded { get; init; } = "";

    public bool EmailConfirmed { get; init; }

    public string Name { get; init; } = "";

    public string PasswordHash { get; init; } = "";

    public bool MailConsent { get; init; }

    public bool Admin { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the owner's tokens say.</summary>
    public Caller Owner => new(Admin ? Role.Admin : Role.Customer, AccountId, Name);

    public static string NewId() => IdPrefix + RandomId.New();

    /// <summary>Nothing of the account: it is personal.</summary>
    public override string ToString() => nameof(Account);
}
