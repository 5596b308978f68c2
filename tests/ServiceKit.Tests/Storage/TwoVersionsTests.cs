using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.ServiceKit.Tests.Storage;

/// <summary>
/// A column is renamed in four releases, each of which runs beside the one before while it goes out: expand, fill, stop using, contract. docs/storage.md has the
/// steps.
/// </summary>
public sealed class TwoVersionsTests
{
    private const int Writes = 40;

    // What each release brings, writes and reads.
    private static readonly Release[] Releases =
    [
        new(
            Migration.Create(1, "members", "CREATE TABLE member (id integer PRIMARY KEY, full_name text)"),
            "INSERT INTO member (id, full_name) VALUES (@id, @name)",
            "SELECT full_name FROM member WHERE id = @id"),
        new(
            Migration.Create(2, "display_name", "ALTER TABLE member ADD COLUMN display_name text"),
            "INSERT INTO member (id, full_name, display_name) VALUES (@id, @name, @name)",
            "SELECT COALESCE(display_name, full_name) FROM member WHERE id = @id"),
        new(
            Migration.Create(3, "display_name_filled", "UPDATE member SET display_name = full_name WHERE display_name IS NULL"),
            "INSERT INTO member (id, display_name) VALUES (@id, @name)",
            "SELECT display_name FROM member WHERE id = @id"),
        new(
            Migration.Create(4, "full_name_dropped", "ALTER TABLE member DROP COLUMN full_name"),
            "INSERT INTO member (id, display_name) VALUES (@id, @name)",
            "SELECT display_name FROM member WHERE id = @id"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Release_goes_out_while_the_one_before_serves_neither_fails_nor_loses_a_row(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await MigrateAsync(test, 1);
        var next = 0;
        for (var release = 1; release < Releases.Length; release++)
        {
            var (before, after) = (Releases[release - 1], Releases[release]);
            var half = new TaskCompletionSource();
            var serving = WriteAsync(test.OpenAnother(), before, next, half);
            await Task.WhenAny(half.Task, serving);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MigrateAsync(test, release + 1)));
            await WriteAsync(test.OpenAnother(), after, next + Writes, new TaskCompletionSource());
            await serving;

            // Each reads what the other and all before them have written.
            next += 2 * Writes;
            await AssertReadAsync(test.OpenAnother(), after, next);
            await AssertReadAsync(test.OpenAnother(), before, next);
        }
    }

    private static Task<IReadOnlyList<Migration>> MigrateAsync(TestDatabase test, int count) =>
        new SchemaMigrator(test.OpenAnother(), [.. Releases.Take(count).Select(release => release.Migration)]).MigrateAsync(Token);

    private static async Task WriteAsync(Database database, Release release, int first, TaskCompletionSource half)
    {
        for (var id = first; id < first + Writes; id++)
        {
            var row = new { id, name = NameOf(id) };
            Assert.Equal(1, await database.TransactionAsync((connection, _) => connection.ExecuteAsync(release.WriteSql, row), Token));
            await using var connection = await database.OpenConnectionAsync(Token);
            Assert.Equal(row.name, await connection.ExecuteScalarAsync<string>(release.ReadSql, row));
            if (id - first == Writes / 2)
            {
                half.TrySetResult();
            }
        }
    }

    private static async Task AssertReadAsync(Database database, Release release, int count)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        for (var id = 0; id < count; id++)
        {
            Assert.Equal(NameOf(id), await connection.ExecuteScalarAsync<string>(release.ReadSql, new { id }));
        }
    }

    private static string NameOf(int id) => $"Member {id}";

    private sealed record Release(Migration Migration, string WriteSql, string ReadSql);
}
