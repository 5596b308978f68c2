using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class SchemaMigratorTests
{
    private static readonly Migration First =
        Migration.Create(1, "shelves", "CREATE TABLE shelves (id integer PRIMARY KEY); INSERT INTO shelves VALUES (1)");
    private static readonly Migration Second =
        Migration.Create(2, "more", "ALTER TABLE shelves ADD COLUMN name text; INSERT INTO shelves VALUES (2, 'b')");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_empty_database_applies_all_in_order(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);

        var applied = await new SchemaMigrator(test.Database, [First, Second]).MigrateAsync(Token);

        Assert.Equal([First, Second], applied);
        Assert.Equal(["001_shelves", "002_more"], await AppliedAsync(test.Database));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_again_does_nothing(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await new SchemaMigrator(test.Database, [First]).MigrateAsync(Token);

        Assert.Empty(await new SchemaMigrator(test.Database, [First]).MigrateAsync(Token));
        Assert.Equal([Second], await new SchemaMigrator(test.Database, [First, Second]).MigrateAsync(Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_five_processes_at_once_apply_each_once(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        using var start = new Barrier(5);

        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var migrator = new SchemaMigrator(test.OpenAnother(), [First, Second]);
                start.SignalAndWait(Token);
                return migrator.MigrateAsync(Token);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        Assert.Equal([First, Second], applied.SelectMany(migrations => migrations).OrderBy(migration => migration.Number));
        Assert.Equal(2, await CountAsync(test.Database, "shelves"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_fails_half_way_leaves_whole_migrations(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var broken = Migration.Create(2, "more", Second.Sql + "; INSERT INTO no_such_table VALUES (1)");

        await Assert.ThrowsAnyAsync<DbException>(() => new SchemaMigrator(test.Database, [First, broken]).MigrateAsync(Token));

        Assert.Equal(["001_shelves"], await AppliedAsync(test.Database));
        Assert.Equal(1, await CountAsync(test.Database, "shelves"));
        Assert.Equal([Second], await new SchemaMigrator(test.Database, [First, Second]).MigrateAsync(Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_applied_migration_changed_names_it(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await new SchemaMigrator(test.Database, [First]).MigrateAsync(Token);
        var changed = Migration.Create(1, "shelves", "CREATE TABLE shelves (id bigint PRIMARY KEY)");

        var migrator = new SchemaMigrator(test.Database, [changed, Second]);

        var exception = await Assert.ThrowsAsync<SchemaException>(() => migrator.MigrateAsync(Token));

        Assert.StartsWith("Migration 001_shelves was changed after it had been applied to ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["001_shelves"], await AppliedAsync(test.Database));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MigrateAsync_database_newer_than_code_is_accepted(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await new SchemaMigrator(test.Database, [First, Second]).MigrateAsync(Token);

        Assert.Empty(await new SchemaMigrator(test.Database, [First]).MigrateAsync(Token));
    }

    [Fact]
    public void Create_windows_line_ends_has_same_checksum() =>
        Assert.Equal(
            Migration.Create(1, "a", "SELECT 1;\nSELECT 2;\n").Checksum,
            Migration.Create(1, "a", "SELECT 1;\r\nSELECT 2;\r\n").Checksum);

    [Theory]
    [InlineData(DatabaseDialect.Sqlite, "blob")]
    [InlineData(DatabaseDialect.PostgreSql, "bytea")]
    public void Load_pair_of_files_takes_the_one_of_the_dialect(DatabaseDialect dialect, string type)
    {
        var migrations = Migration.Load(typeof(SchemaMigratorTests).Assembly, dialect);

        Assert.Equal(["001_covers", "002_titles"], migrations.Select(migration => migration.ToString()));
        Assert.Contains(type, migrations[0].Sql, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task CreateAsync_with_schema_applies_the_embedded_files(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, typeof(SchemaMigratorTests).Assembly);

        Assert.Equal(["001_covers", "002_titles"], await AppliedAsync(test.Database));
    }

    private static async Task<IEnumerable<string>> AppliedAsync(Database database)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        var rows = await connection.QueryAsync<(int Number, string Name)>("SELECT number, name FROM schema_migrations ORDER BY number");
        return rows.Select(row => $"{row.Number:000}_{row.Name}");
    }

    private static async Task<long> CountAsync(Database database, string table)
    {
        await using var connection = await database.OpenConnectionAsync(Token);
        return await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}");
    }
}
