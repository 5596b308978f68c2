using System.Data;
using BooksForYou.Accounts.People;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Sessions;

/// <summary>Sessions, by the hashes of their secrets.</summary>
internal sealed class SessionStore(Database database)
{
    // How exact last_use_time is: a session that is used all the time is not written to all the time.
    private static readonly TimeSpan Exactness = TimeSpan.FromHours(1);

    /// <summary>Opens a session for whoever knew a password.</summary>
    /// <returns>Whether it is open; not when the password has been changed meanwhile, which ends all sessions.</returns>
    public async Task<bool> AddAsync(
        string secretHash, string accountId, string passwordHash, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var added = await database.StatementAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                $"""
                INSERT INTO session (secret_hash, account_id, created_at, used_at, expires_at)
                SELECT @secretHash, account_id, @now, @now, @expires FROM account
                WHERE account_id = @accountId AND password_hash = @passwordHash {(database.Dialect == DatabaseDialect.PostgreSql ? "FOR SHARE" : "")}
                """,
                new { secretHash, accountId, passwordHash, now, expires },
                cancellationToken: token)),
            cancellationToken);
        return added > 0;
    }

    /// <summary>Finds the account of a session that lives, and notes that it is used.</summary>
    public async Task<Account?> UseAsync(string secretHash, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var found = await FindAsync(secretHash, now, cancellationToken);
        if (found is null || now - found.Value.UsedAt < Exactness)
        {
            return found?.Owner;
        }

        await database.StatementAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                "UPDATE session SET used_at = @now, expires_at = @expires WHERE secret_hash = @secretHash",
                new { secretHash, now, expires },
                cancellationToken: token)),
            cancellationToken);
        return found.Value.Owner;
    }

    public Task EndAsync(string secretHash, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM session WHERE secret_hash = @secretHash", new { secretHash }, cancellationToken: token)),
        cancellationToken);

    /// <summary>Ends all sessions of an account but one.</summary>
    public Task EndAllAsync(string accountId, string keptSession, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM session WHERE account_id = @accountId AND secret_hash <> @keptSession",
            new { accountId, keptSession },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>The sessions of an account that live, the oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset CreatedAt, DateTimeOffset UsedAt)>> ListAsync(
        string accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<SessionRow>(new CommandDefinition(
            """
            SELECT created_at AS CreatedAt, used_at AS UsedAt FROM session
            WHERE account_id = @accountId AND expires_at > @now ORDER BY created_at
            """,
            new { accountId, now },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => (row.CreatedAt, row.UsedAt))];
    }

    /// <summary>Deletes what nobody can use any more.</summary>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM session WHERE expires_at <= @now;
            DELETE FROM mail_link WHERE expires_at <= @now;
            """,
            new { now },
            cancellationToken: token)),
        cancellationToken);

    private async Task<(Account Owner, DateTimeOffset UsedAt)?> FindAsync(string secretHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT created_at AS CreatedAt, used_at AS UsedAt FROM session WHERE secret_hash = @secretHash AND expires_at > @now;
            SELECT {Account.Columns} FROM session JOIN account ON account.account_id = session.account_id WHERE secret_hash = @secretHash;
            """,
            new { secretHash, now },
            cancellationToken: cancellationToken));
        var session = await results.ReadSingleOrDefaultAsync<SessionRow?>();
        var account = await results.ReadSingleOrDefaultAsync<Account?>();
        return session is null || account is null ? null : (account, session.UsedAt);
    }

    private sealed class SessionRow
    {
        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UsedAt { get; init; }
    }
}
