using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Security;

namespace BooksForYou.Accounts.Keys;

/// <summary>The keys of this service for the first calls that it gets itself.</summary>
internal sealed class OwnSigningKeys(SigningKeys keys) : ISigningKeySource
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(CancellationToken cancellationToken) => await keys.PublicAsync(cancellationToken);
}
