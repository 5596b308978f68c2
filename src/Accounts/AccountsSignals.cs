using BooksForYou.ServiceKit.Background;

namespace BooksForYou.Accounts;

/// <summary>What the parts of the service wake each other with.</summary>
internal sealed class AccountsSignals
{
    /// <summary>A mail waits to be sent.</summary>
    public Signal MailDue { get; } = new();

    /// <summary>An account was deleted.</summary>
    public Signal AccountDeleted { get; } = new();
}
