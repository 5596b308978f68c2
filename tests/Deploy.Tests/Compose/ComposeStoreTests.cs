using System.Text.Json;
using BooksForYou.Integration.Tests;

namespace BooksForYou.Deploy.Tests.Compose;

/// <summary>The store in real containers, where there is an engine.</summary>
public sealed class ComposeStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_in_containers_sells_a_book_and_keeps_its_secrets()
    {
        var reason = await ContainerEngine.WhyNoneAsync();
        Assert.SkipWhen(reason is not null, $"{reason}: no image was built, and the store of deploy/compose.yaml was not started.");
        await using var store = await ComposeStore.StartAsync(Cancellation);

        var shopper = new Shopper(store.Web);
        Assert.Contains("It is in your basket.", await shopper.AddAsync(book: 1), StringComparison.Ordinal);
        using var paid = await shopper.PayAsync(await shopper.FillCheckoutAsync());
        var order = await paid.Content.ReadAsStringAsync(Cancellation);

        Assert.StartsWith("/orders/", paid.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("4242", order, StringComparison.Ordinal);
        await AssertDatabasesAreApartAsync(store);
        await AssertEverythingRunsAsync(store);
    }

    private static async Task AssertEverythingRunsAsync(ComposeStore store)
    {
        var containers = (await store.RunAsync("ps", "--format", "json"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(container => container.GetProperty("Service").GetString()!, container => container.GetProperty("State").GetString());

        Assert.Equal(
            ComposeFile.Read("compose.yaml").Services.Keys.Where(name => name != "prepare").Order(StringComparer.Ordinal),
            containers.Keys.Order(StringComparer.Ordinal));
        Assert.All(containers.Values, state => Assert.Equal("running", state));
    }

    private static async Task AssertDatabasesAreApartAsync(ComposeStore store)
    {
        var (ofItsOwn, said) = await store.ExecuteAsync("postgres", OpenAs("cart", "cart"));
        var (ofAnother, refusal) = await store.ExecuteAsync("postgres", OpenAs("cart", "accounts"));
        var (unencrypted, _) = await store.ExecuteAsync("postgres", OpenAs("cart", "cart", "disable"));

        Assert.True(ofItsOwn == 0, said);
        Assert.NotEqual(0, ofAnother);
        Assert.Contains("no pg_hba.conf entry", refusal, StringComparison.Ordinal);
        Assert.NotEqual(0, unencrypted);
    }

    private static string OpenAs(string role, string database, string encryption = "require") =>
        $"PGPASSWORD=$(cat /secrets/{role}.password) psql 'host=localhost user={role} dbname={database} sslmode={encryption}' --command 'SELECT 1'";
}
