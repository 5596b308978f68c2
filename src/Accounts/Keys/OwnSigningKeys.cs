using System.Data.Common;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;

namespace BooksForYou.Accounts.Keys;

/// <summary>The keys of this service for the calls that it gets itself: it need not call anybody for them.</summary>
internal sealed class OwnSigningKeys(SigningKeys keys) : ISigningKeySource
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(DateTime deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.PublicAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The keys cannot be read.", exception));
        }
    }
}
