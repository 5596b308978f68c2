using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class TypeHandlersTests
{
    private static readonly Migration[] Schema =
    [
        Migration.Create(
            1,
            "things",
            """
            CREATE TABLE things (
                id uuid PRIMARY KEY, parent uuid, made timestamptz NOT NULL, sold timestamptz, price bigint NOT NULL,
                stock integer NOT NULL, listed boolean NOT NULL, title text NOT NULL
            )
            """),
    ];

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Query_row_written_comes_back_the_same(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var full = new Thing
        {
            Id = Guid.NewGuid(),
            Parent = Guid.NewGuid(),
            Made = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromHours(-5)).AddTicks(1_234_560),
            Sold = DateTimeOffset.UnixEpoch,
            Price = 4_294_967_296_99,
            Stock = 12,
            Listed = true,
            Title = "Ender’s Game — 安德的游戏 '; DROP TABLE things",
        };
        var sparse = new Thing { Id = Guid.Empty, Made = DateTimeOffset.MaxValue.AddTicks(-9), Title = "" };

        await InsertAsync(test.Database, full, sparse);

        await using var connection = await test.Database.OpenConnectionAsync();
        Assert.Equal(full, await connection.QuerySingleAsync<Thing>("SELECT * FROM things WHERE id = @Id", new { full.Id }));
        Assert.Equal(sparse, await connection.QuerySingleAsync<Thing>("SELECT * FROM things WHERE id = @Id", new { sparse.Id }));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Query_time_comes_back_in_utc_to_the_microsecond(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var made = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);

        await InsertAsync(test.Database, new Thing { Id = Guid.NewGuid(), Made = made, Title = "" });

        await using var connection = await test.Database.OpenConnectionAsync();
        var read = await connection.QuerySingleAsync<DateTimeOffset>("SELECT made FROM things");
        Assert.Equal(TimeSpan.Zero, read.Offset);
        Assert.Equal(made.AddTicks(-7), read);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Query_times_compare_and_sort_as_times(DatabaseDialect engine)
    {
        await using var test = await CreateAsync(engine);
        var noon = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] times = [noon, noon.AddMicroseconds(1), noon.AddSeconds(1), noon.AddYears(-1000), noon.AddYears(7000)];
        await InsertAsync(test.Database, [.. times.Select(time => new Thing { Id = Guid.NewGuid(), Made = time, Title = "" })]);

        await using var connection = await test.Database.OpenConnectionAsync();
        Assert.Equal(times.Order(), await connection.QueryAsync<DateTimeOffset>("SELECT made FROM things ORDER BY made"));

        // The same instant, said in another time zone.
        var asked = noon.ToOffset(TimeSpan.FromHours(9));
        Assert.Equal(3, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM things WHERE made > @asked", new { asked }));
    }

    private static async Task<TestDatabase> CreateAsync(DatabaseDialect engine)
    {
        var test = await TestDatabase.CreateAsync(engine);
        await new SchemaMigrator(test.Database, Schema).MigrateAsync(CancellationToken.None);
        return test;
    }

    private static Task<int> InsertAsync(Database database, params Thing[] things) => database.TransactionAsync(
        (connection, _) => connection.ExecuteAsync(
            "INSERT INTO things VALUES (@Id, @Parent, @Made, @Sold, @Price, @Stock, @Listed, @Title)",
            things));

    private sealed record Thing
    {
        public required Guid Id { get; init; }

        public Guid? Parent { get; init; }

        public required DateTimeOffset Made { get; init; }

        public DateTimeOffset? Sold { get; init; }

        public long Price { get; init; }

        public int Stock { get; init; }

        public bool Listed { get; init; }

        public required string Title { get; init; }
    }
}
