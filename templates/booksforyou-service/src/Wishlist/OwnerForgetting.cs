using System.Data.Common;
using BooksForYou.ServiceKit.Forgetting;
using Dapper;

namespace BooksForYou.Wishlist;

/// <summary>Forgets the lists of somebody whose account is deleted.</summary>
internal sealed class OwnerForgetting : IForgetAccounts
{
    /// <inheritdoc/>
    public async Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM entry WHERE owner_id = @accountId", new { accountId }, cancellationToken: cancellationToken));
        return true;
    }
}
