using System.Data.Common;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Cart;

/// <summary>
/// Forgets the owner of baskets and sales: the basket goes, and sales that are over stay as nobody's, so that their keys are not used again. A sale
/// that is under way is left alone until it is over.
/// </summary>
internal sealed class OwnerForgetting([FromKeyedServices("Cart")] Database database) : IForgetAccounts
{
    // Given anew for each row.
    private readonly string _nobody = database.Dialect == DatabaseDialect.PostgreSql
        ? "'nobody:' || gen_random_uuid()"
        : "'nobody:' || lower(hex(randomblob(16)))";

    /// <inheritdoc/>
    public async Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken) =>
        await connection.QuerySingleAsync<long>(new CommandDefinition(
            $"""
            DELETE FROM basket WHERE visitor_id = @accountId;
            UPDATE sale SET visitor_id = {_nobody} WHERE visitor_id = @accountId AND state = 'Done';
            SELECT count(*) FROM sale WHERE visitor_id = @accountId;
            """,
            new { accountId },
            cancellationToken: cancellationToken)) == 0;
}
