using BooksForYou.Contracts.Accounts.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Asks Accounts.</summary>
internal sealed class SigningKeysOfAccounts(AccountsService.AccountsServiceClient accounts) : ISigningKeySource
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(DateTime deadline, CancellationToken cancellationToken) =>
        (await accounts.ListSigningKeysAsync(new ListSigningKeysRequest(), deadline: deadline, cancellationToken: cancellationToken)).Keys;
}
