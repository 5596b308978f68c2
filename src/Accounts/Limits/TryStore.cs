using System.Data;
using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Limits;

/// <summary>Tries of late, counted where every replica sees them.</summary>
internal sealed class TryStore(Database database)
{
    /// <summary>Tries that are longer ago than this are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>Counts a try by several rules, unless one of them still asks for a pause.</summary>
    /// <returns>The rest of the pause; nothing when the try was counted and may go on.</returns>
    public Task<TimeSpan> CountAsync(IReadOnlyList<TryRule> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subjects = rules.Select(rule => rule.Subject).ToArray();
        var millisecond = now.ToUnixTimeMilliseconds();

        // Two tries at once for the same subject go one after the other, always in the same order, also the first ones, which find no row to lock.
        var subjectsInOrder = subjects.Order(StringComparer.Ordinal).ToArray();
        var forUpdate = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE" : "";
        return database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                if (database.Dialect == DatabaseDialect.PostgreSql)
                {
                    await connection.ExecuteAsync(new CommandDefinition(
                        """
                        INSERT INTO recent_try (subject, tries, last_at, blocked_until)
                        SELECT subject, 0, @millisecond, 0 FROM unnest(@subjectsInOrder) AS subject
                        ON CONFLICT (subject) DO NOTHING
                        """,
                        new { subjectsInOrder, millisecond },
                        cancellationToken: token));
                }

                var blocked = (await connection.QueryAsync<long>(new CommandDefinition(
                    $"SELECT blocked_until FROM recent_try WHERE subject {AnyOf.Sql(database, nameof(subjects))} ORDER BY subject {forUpdate}",
                    new { subjects },
                    cancellationToken: token))).DefaultIfEmpty().Max();
                if (blocked > millisecond)
                {
                    return TimeSpan.FromMilliseconds(blocked - millisecond);
                }

                foreach (var rule in rules.OrderBy(rule => rule.Subject, StringComparer.Ordinal))
                {
                    await CountAsync(connection, rule, millisecond, token);
                }

                return TimeSpan.Zero;
            },
            cancellationToken);
    }

    /// <summary>Takes back a try that was no mistake: all of an account's, and one of an address's.</summary>
    public Task ForgiveAsync(string account, string? address, CancellationToken cancellationToken) => database.TransactionAsync(
        IsolationLevel.ReadCommitted,
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM recent_try WHERE subject = @account;
            UPDATE recent_try SET tries = tries - 1, blocked_until = 0 WHERE subject = @address AND tries > 0;
            """,
            new { account, address },
            cancellationToken: token)),
        cancellationToken);

    /// <summary>Deletes what is forgotten.</summary>
    /// <returns>How many.</returns>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM recent_try WHERE last_at < @forgotten",
            new { forgotten = (now - Memory).ToUnixTimeMilliseconds() },
            cancellationToken: token)),
        cancellationToken);

    private static async Task CountAsync(DbConnection connection, TryRule rule, long now, CancellationToken cancellationToken)
    {
        var tries = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            INSERT INTO recent_try (subject, tries, last_at, blocked_until) VALUES (@Subject, 1, @now, 0)
            ON CONFLICT (subject) DO UPDATE SET
                tries = CASE WHEN recent_try.last_at < @forgotten THEN 1 ELSE recent_try.tries + 1 END,
                last_at = @now
            RETURNING tries
            """,
            new { rule.Subject, now, forgotten = now - (long)Memory.TotalMilliseconds },
            cancellationToken: cancellationToken));
        if (rule.PauseAfter(tries) is { Ticks: > 0 } pause)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE recent_try SET blocked_until = @until WHERE subject = @Subject",
                new { rule.Subject, until = now + (long)pause.TotalMilliseconds },
                cancellationToken: cancellationToken));
        }
    }
}
