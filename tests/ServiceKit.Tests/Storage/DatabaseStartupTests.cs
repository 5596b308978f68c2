using System.Reflection;
using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using HealthClient = BooksForYou.Contracts.Health.V1.Health.HealthClient;
using Serving = BooksForYou.Contracts.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace BooksForYou.ServiceKit.Tests.Storage;

public sealed class DatabaseStartupTests
{
    private static readonly Assembly Schema = typeof(DatabaseStartupTests).Assembly;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_no_setting_makes_a_file_in_the_data_directory()
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-data-").FullName;
        var data = Path.Combine(folder, "not", "there", "yet");
        await using (var application = Build(new LogCollector(), null, "--data-dir", data))
        {
            await application.StartAsync(Token);

            var database = application.Services.GetRequiredKeyedService<Database>("Shelf");
            await using var connection = await database.OpenConnectionAsync(Token);
            Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM schema_migrations"));
            Assert.True(File.Exists(Path.Combine(data, "shelf.db")));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task StartAsync_prepares_after_the_schema_and_before_it_serves(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var covers = -1L;
        await using var application = Build(
            new LogCollector(),
            async (services, token) =>
            {
                await using var connection = await services.GetRequiredKeyedService<Database>("Shelf").OpenConnectionAsync(token);
                covers = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM covers");
            },
            "--shelf-database",
            test.ConnectionString);

        var database = application.Services.GetRequiredKeyedService<Database>("Shelf");
        Assert.False(database.Prepared.IsCompleted);

        await application.StartAsync(Token);

        Assert.Equal(0, covers);
        Assert.True(database.Prepared.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task StartAsync_server_away_is_ready_as_soon_as_it_comes_and_not_when_it_goes()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        var server = await PostgresServer.SharedAsync();
        var name = $"late_{Guid.NewGuid():N}";
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, Password = "hunter2" }.ConnectionString;
        var log = new LogCollector();
        await using var application = Build(log, null, "--shelf-database", address, "--readiness-interval", "0.05");
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString);

        await application.StartAsync(Token);

        using var channel = GrpcChannel.ForAddress(application.GrpcAddress);
        using var watch = new HealthClient(channel).Watch(new HealthCheckRequest { Service = "readiness" }, cancellationToken: Token);
        Assert.Equal(Serving.NotServing, await NextAsync(watch));
        Assert.False(application.Services.GetRequiredKeyedService<Database>("Shelf").Prepared.IsCompleted);
        await ExecuteAsync(admin, $"CREATE DATABASE {name}");
        Assert.Equal(Serving.Serving, await NextAsync(watch));
        await ExecuteAsync(admin, $"DROP DATABASE {name} WITH (FORCE)");
        Assert.Equal(Serving.NotServing, await NextAsync(watch));

        var line = log.Items.First(line => line.Event == "DatabaseNotPrepared");
        Assert.StartsWith("SHELF_DATABASE: trying again in ", line.Message, StringComparison.Ordinal);
        await log.WaitForAsync(line => line.Event == "DatabasePrepared", Token);
        Assert.DoesNotContain(log.Items, line => line.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_file_that_cannot_be_made_says_which_setting()
    {
        await using var application = Build(new LogCollector(), null, "--shelf-database", "/proc/nowhere/shelf.db");

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(Token));

        var problem = Assert.Single(exception.Problems);
        Assert.StartsWith("SHELF_DATABASE: SQLite /proc/nowhere/shelf.db is unavailable: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_setting_of_no_form_says_what_it_takes_without_it()
    {
        await using var application = Build(new LogCollector(), null, "--shelf-database", "mysql://shop:hunter2@db/shelf");

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(Token));

        Assert.Equal($"SHELF_DATABASE has a value that cannot be used; it takes {DatabaseAddress.Accepted}.", exception.Problems.Single());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task StartAsync_applied_migration_changed_does_not_start(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine, Schema);
        await test.Database.TransactionAsync(
            (connection, _) => connection.ExecuteAsync("UPDATE schema_migrations SET checksum = 'other' WHERE number = 2"),
            Token);
        await using var application = Build(new LogCollector(), null, "--shelf-database", test.ConnectionString);

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(Token));

        var problem = Assert.Single(exception.Problems);
        Assert.StartsWith("SHELF_DATABASE: Migration 002_titles was changed after it had been applied", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenConnectionAsync_database_away_is_unavailable_to_callers()
    {
        await using var database = new Database(DatabaseAddress.Parse("Host=127.0.0.1;Port=1;Username=shop;Password=hunter2"));

        var exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await database.OpenConnectionAsync(Token));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.TransactionAsync((_, _) => Task.FromResult(1), Token));

        Assert.StartsWith("PostgreSQL 127.0.0.1:1/shop is unavailable: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    private static ServiceApplication Build(
        LogCollector log,
        Func<IServiceProvider, CancellationToken, Task>? prepare,
        params string[] options)
    {
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", .. options]);
        builder.AddService("Shelf");
        builder.AddDatabase("Shelf", Schema, prepare);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        return builder.Build();
    }

    private static async Task<Serving> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        return watch.ResponseStream.Current.Status;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
