using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using BooksForYou.Contracts.Health.V1;

namespace BooksForYou.Recommendations.Tests.Catalogue;

/// <summary>The real Inventory and the real Recommendations, stopped and started.</summary>
public sealed class CatalogueFollowerTests
{
    private const int MalteseFalcon = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Follow_book_that_changes_reaches_the_readers(DatabaseDialect engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var inventory = await RunningInventory.StartAsync();
        await using var running = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);
        Assert.Contains("The Maltese Falcon", await running.RecommendAsync(BookCategory.Mystery));

        await inventory.RenameAsync(MalteseFalcon, "The Black Bird");
        await running.WaitForCatalogueAsync(catalogue => catalogue.Find(MalteseFalcon)!.Title == "The Black Bird");

        var titles = await running.RecommendAsync(BookCategory.Mystery);
        Assert.Contains("The Black Bird", titles);
        Assert.DoesNotContain("The Maltese Falcon", titles);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Start_while_inventory_is_away_answers_from_the_copy(DatabaseDialect engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var inventory = await RunningInventory.StartAsync();
        await using (var before = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host))
        {
            await before.WaitForCatalogueAsync(catalogue => catalogue.Count == 438);
        }

        await inventory.StopAsync();
        await using var running = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);

        Assert.Contains("The Maltese Falcon", await running.RecommendAsync(BookCategory.Mystery));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await ReadinessAsync(running));
    }

    [Fact]
    public async Task Start_for_the_first_time_while_inventory_is_away_is_unavailable_until_it_comes()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseDialect.Sqlite);
        await using var inventory = await RunningInventory.StartAsync();
        await inventory.StopAsync();
        await using var running = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);

        var refused = await Assert.ThrowsAsync<RpcException>(() => running.RecommendAsync(BookCategory.Mystery));
        Assert.Equal((StatusCode.Unavailable, "The catalogue is not loaded yet"), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await ReadinessAsync(running));
        await running.Log.WaitForAsync(line => line.Event == "CatalogueAway", Token);

        await inventory.StartAgainAsync();
        await running.WaitForCatalogueAsync(catalogue => catalogue.Count == 438);
        Assert.Contains("The Maltese Falcon", await running.RecommendAsync(BookCategory.Mystery));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Inventory_restarted_is_followed_on_and_nothing_is_missed(DatabaseDialect engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var inventory = await RunningInventory.StartAsync();
        await using var running = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);
        await running.WaitForCatalogueAsync(catalogue => catalogue.Count == 438);

        await inventory.StopAsync();
        await inventory.StartAgainAsync();
        await inventory.RenameAsync(MalteseFalcon, "The Black Bird");

        await running.WaitForCatalogueAsync(catalogue => catalogue.Find(MalteseFalcon)!.Title == "The Black Bird");
        Assert.Equal(438, running.Catalogue.Current.Count);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Inventory_with_another_database_is_read_anew_and_old_books_go(DatabaseDialect engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var lost = await RunningInventory.StartAsync();
        await using var running = await RunningRecommendations.StartAsync(database.ConnectionString, lost.Host);
        await running.WaitForCatalogueAsync(catalogue => catalogue.Count == 438);
        await database.Database.TransactionAsync((connection, _) => connection.ExecuteAsync(
            "INSERT INTO book (book_id, title, author, category, pass) VALUES (9999, 'Gone', 'Nobody', 1, 1)"), Token);
        await lost.StopAsync();

        await using var inventory = await RunningInventory.StartAsync(
            int.Parse(lost.Host.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        await running.Log.WaitForAsync(line => line.Event == "OtherCatalogue", Token);
        await inventory.RenameAsync(MalteseFalcon, "The Black Bird");
        await running.WaitForCatalogueAsync(catalogue => catalogue.Find(MalteseFalcon)!.Title == "The Black Bird");

        Assert.Equal(438, running.Catalogue.Current.Count);
        Assert.Null(running.Catalogue.Current.Find(9999));
    }

    [Fact]
    public async Task Two_replicas_on_one_database_both_follow()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseDialect.Sqlite);
        await using var inventory = await RunningInventory.StartAsync();
        await using var first = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);
        await using var second = await RunningRecommendations.StartAsync(database.ConnectionString, inventory.Host);

        foreach (var title in new[] { "The Black Bird", "Falcons", "The Maltese Falcon again" })
        {
            await inventory.RenameAsync(MalteseFalcon, title);
            await first.WaitForCatalogueAsync(catalogue => catalogue.Find(MalteseFalcon)?.Title == title);
            await second.WaitForCatalogueAsync(catalogue => catalogue.Find(MalteseFalcon)?.Title == title);
        }

        Assert.Equal(438, second.Catalogue.Current.Count);
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> ReadinessAsync(RunningRecommendations running) =>
        (await new Health.HealthClient(running.Channel).CheckAsync(new HealthCheckRequest { Service = "readiness" }, cancellationToken: Token)).Status;
}
