using BooksForYou.Contracts.Accounts.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>The keys that tokens are verified with, in a process that has them itself: it need not call anybody for them before it serves.</summary>
public interface ISigningKeySource
{
    /// <summary>Lists the public keys, of those to come as well.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SigningKey>> ListAsync(CancellationToken cancellationToken);
}
