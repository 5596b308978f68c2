using System.Data.Common;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>
/// Forgets a reader: reviews, votes and reports stay and count, but belong to nobody. Each gets a name of its own that nobody has, so that not even
/// what one reader wrote can be put together again.
/// </summary>
internal sealed class ReaderForgetting([FromKeyedServices("Reviews")] Database database) : IForgetAccounts
{
    // Given anew for each row.
    private readonly string _nobody = database.Dialect == DatabaseDialect.PostgreSql
        ? "'nobody:' || gen_random_uuid()"
        : "'nobody:' || lower(hex(randomblob(16)))";

    /// <inheritdoc/>
    public async Task<bool> ForgetAsync(DbConnection connection, string accountId, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            UPDATE review SET reader_id = {_nobody}, reader_name = '', purchase_ask_at = NULL WHERE reader_id = @accountId;
            UPDATE helpful_vote SET reader_id = {_nobody} WHERE reader_id = @accountId;
            UPDATE report SET reporter_id = {_nobody} WHERE reporter_id = @accountId;
            DELETE FROM withheld_reader WHERE reader_id = @accountId;
            """,
            new { accountId },
            cancellationToken: cancellationToken));
        return true;
    }
}
