using System.Data;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.ServiceKit.Forgetting;

/// <summary>
/// The tables deletion_cursor and deleted_account of a service that forgets: how far it has followed deletions, and whom it has to look after again.
/// </summary>
internal sealed class DeletionStore(Database database, IForgetAccounts forgetting, TimeProvider time)
{
    private const int MostAtOnce = 100;

    // A token lives for ten minutes, and a call that came with it may take its time.
    private static readonly TimeSpan LastTokens = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Reads how far deletions have been followed.</summary>
    public async Task<string> ReadCursorAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<string>(
            new CommandDefinition("SELECT cursor FROM deletion_cursor", cancellationToken: cancellationToken));
    }

    /// <summary>Forgets and moves the cursor on, both or neither.</summary>
    /// <returns>Whether the cursor was where the caller thinks. If not, nothing was changed.</returns>
    public Task<bool> TakeAsync(string before, IReadOnlyCollection<string> accountIds, string after, CancellationToken cancellationToken) =>
        database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                var moved = await connection.ExecuteAsync(new CommandDefinition(
                    "UPDATE deletion_cursor SET cursor = @after WHERE cursor = @before", new { before, after }, cancellationToken: token));
                if (moved == 0)
                {
                    return false;
                }

                var now = time.GetUtcNow();
                foreach (var accountId in accountIds)
                {
                    await forgetting.ForgetAsync(connection, accountId, token);
                    await connection.ExecuteAsync(new CommandDefinition(
                        """
                        INSERT INTO deleted_account (account_id, look_at, until) VALUES (@accountId, @lookAt, @until)
                        ON CONFLICT (account_id) DO UPDATE SET look_at = excluded.look_at, until = excluded.until
                        """,
                        new { accountId, lookAt = now + Pause, until = now + LastTokens },
                        cancellationToken: token));
                }

                return true;
            },
            cancellationToken);

    /// <summary>Forgets once more those whose last tokens may have been used since, or of whom something had to stay.</summary>
    /// <returns>How many are still to be looked at.</returns>
    public async Task<int> LookAgainAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (accountId, until) in await ReadDueAsync(now, cancellationToken))
        {
            await database.TransactionAsync(
                IsolationLevel.ReadCommitted,
                async (connection, token) =>
                {
                    var isAll = await forgetting.ForgetAsync(connection, accountId, token);
                    return await connection.ExecuteAsync(new CommandDefinition(
                        isAll && until <= now
                            ? "DELETE FROM deleted_account WHERE account_id = @accountId"
                            : "UPDATE deleted_account SET look_at = @lookAt WHERE account_id = @accountId",
                        new { accountId, lookAt = now + Pause },
                        cancellationToken: token));
                },
                cancellationToken);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            new CommandDefinition("SELECT count(*) FROM deleted_account", cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<(string AccountId, DateTimeOffset Until)>> ReadDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var due = await connection.QueryAsync<DueRow>(new CommandDefinition(
            "SELECT account_id AS AccountId, until AS Until FROM deleted_account WHERE look_at <= @now ORDER BY look_at LIMIT @MostAtOnce",
            new { now, MostAtOnce },
            cancellationToken: cancellationToken));
        return [.. due.Select(row => (row.AccountId, row.Until))];
    }

    private sealed class DueRow
    {
        public string AccountId { get; init; } = "";

        public DateTimeOffset Until { get; init; }
    }
}
