using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class DatabaseTests
{
    private static readonly Migration[] Counter =
    [
        Migration.Create(
            1,
            "counter",
            "CREATE TABLE counter (id integer PRIMARY KEY, value bigint NOT NULL); INSERT INTO counter VALUES (1, 0), (2, 0)"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_fifty_concurrent_read_modify_writes_lose_none(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => test.Database.TransactionAsync(
            async (connection, _) =>
            {
                var value = await connection.ExecuteScalarAsync<long>("SELECT value FROM counter WHERE id = 1");
                await Task.Yield();
                await connection.ExecuteAsync("UPDATE counter SET value = @value WHERE id = 1", new { value = value + 1 });
            },
            Token))));

        Assert.Equal(50, await ReadAsync(test.Database, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_two_processes_in_each_others_way_both_succeed(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var both = new[] { (Database: test.Database, First: 1, Second: 2), (Database: test.OpenAnother(), First: 2, Second: 1) };

        await Task.WhenAll(both.Select(one => Task.Run(() => one.Database.TransactionAsync(
            async (connection, _) =>
            {
                await connection.ExecuteAsync("UPDATE counter SET value = value + 1 WHERE id = @First", new { one.First });
                await Task.Yield();
                await connection.ExecuteAsync("UPDATE counter SET value = value + 1 WHERE id = @Second", new { one.Second });
            },
            Token))));

        Assert.Equal(2, await ReadAsync(test.Database, 1));
        Assert.Equal(2, await ReadAsync(test.Database, 2));
    }

    [Fact]
    public async Task TransactionAsync_certain_deadlock_is_run_again()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await CreateAsync(DatabaseDialect.PostgreSql);
        var runs = 0;
        var bothHoldOne = new CountdownEvent(2);
        var meeting = new TaskCompletionSource();

        async Task UpdateAsync(DbConnection connection, int first, int second)
        {
            Interlocked.Increment(ref runs);
            await connection.ExecuteAsync("UPDATE counter SET value = value + 1 WHERE id = @first", new { first });
            if (!bothHoldOne.IsSet && bothHoldOne.Signal())
            {
                meeting.SetResult();
            }

            await meeting.Task;
            await connection.ExecuteAsync("UPDATE counter SET value = value + 1 WHERE id = @second", new { second });
        }

        await Task.WhenAll(
            test.Database.TransactionAsync((connection, _) => UpdateAsync(connection, 1, 2), Token),
            test.Database.TransactionAsync((connection, _) => UpdateAsync(connection, 2, 1), Token));

        Assert.True(runs > 2);
        Assert.Equal(2, await ReadAsync(test.Database, 1));
    }

    [Fact]
    public async Task TransactionAsync_sqlite_writer_waits_without_holding_a_thread()
    {
        await using var test = await CreateAsync(DatabaseDialect.Sqlite);
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var first = test.Database.TransactionAsync(
            async (_, _) =>
            {
                entered.SetResult();
                await leave.Task;
            },
            Token);
        await entered.Task;

        // The call comes back to this thread, which alone can let the first one go on.
        var second = test.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync("UPDATE counter SET value = 7 WHERE id = 1"),
            Token);
        Assert.False(second.IsCompleted);
        leave.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(7, await ReadAsync(test.Database, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_work_throws_rolls_back(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);

        await Assert.ThrowsAsync<TimeoutException>(() => test.Database.TransactionAsync(
            async (connection, _) =>
            {
                await connection.ExecuteAsync("UPDATE counter SET value = 1 WHERE id = 1");
                throw new TimeoutException();
            },
            Token));

        Assert.Equal(0, await ReadAsync(test.Database, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_cancelled_before_commit_rolls_back(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Database.TransactionAsync(
            async (connection, _) =>
            {
                await connection.ExecuteAsync("UPDATE counter SET value = 1 WHERE id = 1");
                await cancellation.CancelAsync();
            },
            cancellation.Token));

        Assert.Equal(0, await ReadAsync(test.Database, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_inside_another_is_refused(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.TransactionAsync(
            (_, token) => test.Database.TransactionAsync((_, _) => Task.FromResult(1), token),
            Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task TransactionAsync_constraint_violation_is_not_run_again(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var runs = 0;

        await Assert.ThrowsAnyAsync<DbException>(() => test.Database.TransactionAsync(
            (connection, _) =>
            {
                runs++;
                return connection.ExecuteAsync("INSERT INTO counter VALUES (1, 0)");
            },
            Token));

        Assert.Equal(1, runs);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task StatementAsync_statements_of_one_command_take_effect_together(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);

        var value = await test.Database.StatementAsync(
            (connection, _) => connection.QuerySingleAsync<long>(
                "UPDATE counter SET value = 5 WHERE id = 1; UPDATE counter SET value = value + 1 WHERE id = 2 RETURNING value"),
            Token);
        await Assert.ThrowsAnyAsync<DbException>(() => test.Database.StatementAsync(
            (connection, _) => connection.ExecuteAsync("UPDATE counter SET value = 9 WHERE id = 1; INSERT INTO counter VALUES (1, 0)"), Token));

        Assert.Equal(1, value);
        Assert.Equal(5, await ReadAsync(test.Database, 1));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task StatementAsync_a_hundred_at_once_lose_none(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var other = test.OpenAnother();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(one => Task.Run(() => (one % 2 == 0 ? test.Database : other).StatementAsync(
            (connection, _) => connection.ExecuteAsync("UPDATE counter SET value = value + 1 WHERE id = 1"), Token))));

        Assert.Equal(100, await ReadAsync(test.Database, 1));
    }

    [Fact]
    public async Task OpenConnectionAsync_sqlite_refuses_to_write()
    {
        await using var test = await CreateAsync(DatabaseDialect.Sqlite);
        await test.Database.TransactionAsync((connection, _) => connection.ExecuteAsync("UPDATE counter SET value = 1"), Token);
        await using var connection = await test.Database.OpenConnectionAsync(Token);

        var exception = await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("UPDATE counter SET value = 2"));

        Assert.Equal(SQLitePCL.raw.SQLITE_READONLY, exception.SqliteErrorCode);
    }

    [Fact]
    public async Task OpenConnectionAsync_sqlite_reads_while_another_writes()
    {
        await using var test = await CreateAsync(DatabaseDialect.Sqlite);

        var seen = await test.Database.TransactionAsync(
            async (connection, _) =>
            {
                await connection.ExecuteAsync("UPDATE counter SET value = 9 WHERE id = 1");
                return await ReadAsync(test.Database, 1);
            },
            Token);

        Assert.Equal(0, seen);
        Assert.Equal(9, await ReadAsync(test.Database, 1));
    }

    [Fact]
    public async Task OpenConnectionAsync_sqlite_connection_is_durable_and_checks_references()
    {
        await using var test = await CreateAsync(DatabaseDialect.Sqlite);
        await using var connection = await test.Database.OpenConnectionAsync(Token);

        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("PRAGMA synchronous"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("PRAGMA foreign_keys"));
        Assert.Equal(5000, await connection.ExecuteScalarAsync<int>("PRAGMA busy_timeout"));
    }

    private static async Task<TestDatabase> CreateAsync(DatabaseDialect engine)
    {
        var test = await TestDatabase.CreateAsync(engine);
        await new SchemaMigrator(test.Database, Counter).MigrateAsync(Token);
        return test;
    }

    private static async Task<long> ReadAsync(Database database, int id)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<long>("SELECT value FROM counter WHERE id = @id", new { id });
    }
}
