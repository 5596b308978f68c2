using System.Reflection;
using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>A new database for one test, removed after it.</summary>
/// <example>
/// <code>
/// [Theory, ClassData(typeof(DatabaseEngines))]
/// public async Task Find_unknown_id_gives_null(DatabaseDialect engine)
/// {
///     await using var test = await TestDatabase.CreateAsync(engine, typeof(BookStore).Assembly);
///     Assert.Null(await new BookStore(test.Database).FindAsync(42));
/// }
/// </code>
/// </example>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<Database> _opened = [];
    private readonly Func<Task> _remove;

    private TestDatabase(string connectionString, Func<Task> remove)
    {
        ConnectionString = connectionString;
        _remove = remove;
        Database = OpenAnother();
    }

    /// <summary>The connection string, for a process that is to use the same database.</summary>
    public string ConnectionString { get; }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>Makes an empty database.</summary>
    /// <param name="engine">SQLite, in a temporary folder, or PostgreSQL, on <see cref="PostgresServer.SharedAsync"/>.</param>
    /// <returns>The database.</returns>
    public static async Task<TestDatabase> CreateAsync(DatabaseDialect engine)
    {
        if (engine == DatabaseDialect.PostgreSql)
        {
            var server = await PostgresServer.SharedAsync();
            var connectionString = await server.CreateDatabaseAsync();
            return new TestDatabase(connectionString, () => server.DropDatabaseAsync(connectionString));
        }

        var folder = Directory.CreateTempSubdirectory("booksforyou-sqlite-").FullName;
        return new TestDatabase($"Data Source={Path.Combine(folder, "test.db")}", () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <summary>Makes a database with the schema of a service.</summary>
    /// <param name="engine">SQLite or PostgreSQL.</param>
    /// <param name="schema">The assembly that embeds the service's <c>Schema/*.sql</c>.</param>
    /// <returns>The database.</returns>
    public static async Task<TestDatabase> CreateAsync(DatabaseDialect engine, Assembly schema)
    {
        var test = await CreateAsync(engine);
        await new SchemaMigrator(test.Database, schema).MigrateAsync(CancellationToken.None);
        return test;
    }

    /// <summary>
    /// Opens the database once more, with connections and locks of its own, as another process would. It is closed with this one.
    /// </summary>
    /// <returns>The same database.</returns>
    public Database OpenAnother()
    {
        var database = new Database(DatabaseAddress.Parse(ConnectionString));
        _opened.Add(database);
        return database;
    }

    /// <summary>Closes and removes the database.</summary>
    /// <returns>Completes when it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await _remove();
    }
}
