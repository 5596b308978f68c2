using System.Data;
using System.Data.Common;
using System.Reflection;
using Dapper;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// Brings a database's schema up to the code's. Each migration is a transaction under a lock that all processes share: several may start
/// at once, and
/// one that is killed leaves whole migrations behind. A database that is ahead of the code is accepted, so that old and new code run
/// side by side
/// while a release goes out; migrations therefore expand first and contract a release later.
/// </summary>
internal sealed class SchemaMigrator(Database database, IReadOnlyList<Migration> migrations)
{
    // Any number will do, as long as it stays the same: PostgreSQL's advisory locks are a database's own.
    private const long LockKey = 0x626f6f6b73;

    public SchemaMigrator(Database database, Assembly assembly)
        : this(database, Migration.Load(assembly, database.Dialect))
    {
    }

    /// <summary>Applies what is missing.</summary>
    /// <returns>The migrations applied, in order; empty when there was nothing to do.</returns>
    /// <exception cref="SchemaException">An applied migration has been changed since.</exception>
    /// <exception cref="DbException">The database cannot be reached, or a statement failed.</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = new List<Migration>();

        // Not serializable: such a transaction would see the database as it was before the wait for the lock.
        while (await database.TransactionAsync(IsolationLevel.ReadCommitted, ApplyNextAsync, cancellationToken) is { } migration)
        {
            applied.Add(migration);
        }

        return applied;
    }

    private async Task<Migration?> ApplyNextAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (database.Dialect == DatabaseDialect.PostgreSql)
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey }, cancellationToken);
        }

        await ExecuteAsync(
            connection,
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL
            )
            """,
            null,
            cancellationToken);

        var checksums = await ReadChecksumsAsync(connection, cancellationToken);
        foreach (var migration in migrations)
        {
            if (!checksums.TryGetValue(migration.Number, out var checksum))
            {
                await ApplyAsync(connection, migration, cancellationToken);
                return migration;
            }

            if (checksum != migration.Checksum)
            {
                throw new SchemaException(
                    $"Migration {migration} was changed after it had been applied to {database}. "
                    + "Put it back as it was, and make the change in a new migration.");
            }
        }

        return null;
    }

    private static async Task<Dictionary<int, string>> ReadChecksumsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<AppliedMigration>(
            new CommandDefinition("SELECT number, checksum FROM schema_migrations", cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Number, row => row.Checksum);
    }

    private static async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, migration.Sql, null, cancellationToken);
        await ExecuteAsync(
            connection,
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @AppliedAt)",
            new { migration.Number, migration.Name, migration.Checksum, AppliedAt = DateTimeOffset.UtcNow },
            cancellationToken);
    }

    // No time limit: an index on a large table, or the wait for another process that makes one, takes what it takes.
    private static Task<int> ExecuteAsync(DbConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken));

    private sealed class AppliedMigration
    {
        public int Number { get; init; }

        public string Checksum { get; init; } = "";
    }
}
