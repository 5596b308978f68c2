using BooksForYou.Contracts.Accounts.V1;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Where the keys come from that tokens are verified with: a call of Accounts, unless this process is Accounts and has them.</summary>
public interface ISigningKeySource
{
    /// <summary>Lists the public keys, of those to come as well.</summary>
    /// <param name="deadline">When the answer is too late, in UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">They cannot be had at present.</exception>
    Task<IReadOnlyList<SigningKey>> ListAsync(DateTime deadline, CancellationToken cancellationToken);
}
