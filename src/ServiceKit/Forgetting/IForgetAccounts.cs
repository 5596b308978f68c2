using System.Data.Common;

namespace BooksForYou.ServiceKit.Forgetting;

/// <summary>What a service does with what it knows of somebody whose account is deleted; see docs/forgetting.md.</summary>
public interface IForgetAccounts
{
    /// <summary>Forgets the owner of an account. It is called at least twice: at the deletion, and when the last token of the account has ended.</summary>
    /// <param name="connection">The service's database, in a transaction.</param>
    /// <param name="accountId">The account: the subject of its owner's tokens.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>Whether that was all. If not, something has to stay for a while, and it is asked again until nothing has to.</returns>
    Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken);
}
