using BooksForYou.ServiceKit.Testing;
using Npgsql;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task DisposeAsync_own_server_removes_its_files()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        var server = await PostgresServer.StartAsync(fsync: false);
        var folder = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Host;
        Assert.True(Directory.Exists(folder));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task DropDatabaseAsync_database_in_use_removes_it()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        var server = await PostgresServer.SharedAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        await server.DropDatabaseAsync(connectionString);

        await using var again = new NpgsqlConnection(connectionString + ";Pooling=false");
        var exception = await Assert.ThrowsAsync<PostgresException>(() => again.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, exception.SqlState);
    }
}
