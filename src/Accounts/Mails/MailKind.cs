namespace BooksForYou.Accounts.Mails;

/// <summary>What mails there are, by their names in the database.</summary>
internal static class MailKind
{
    /// <summary>Welcomes the owner of a new account, with a link that confirms the address.</summary>
    public const string Welcome = "WELCOME";

    /// <summary>Has a link that confirms the address.</summary>
    public const string Confirm = "CONFIRM";

    /// <summary>Has a link that sets a new password.</summary>
    public const string Reset = "RESET";

    /// <summary>Is about an offer, with a link that ends such mails.</summary>
    public const string Campaign = "CAMPAIGN";
}
