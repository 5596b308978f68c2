namespace BooksForYou.Integration.Tests;

/// <summary>One process a service, mutual TLS between all of them, with certificates of deploy/certs/create.</summary>
public sealed class SecureStoreTests
{
    private static readonly string[] Callers = ["Marketplace", "Recommendations", "Inventory", "Cart", "Transactions", "Accounts", "Reviews"];

    [Fact]
    public async Task Purchase_under_mutual_TLS_works_also_with_certificates_that_were_renewed_meanwhile()
    {
        using var certificates = new Certificates();
        await certificates.CreateAsync();
        await using var store = await Store.StartServicesAsync(certificates.Settings());
        await BuyAsync(store, book: 1);

        await using var campaign = ProgramRun.Start(
            "dotnet", [Repository.ProgramOf("Cart"), "campaign", "--list", "--data-dir", store.DataDirectory], environment: [.. store.EnvironmentOf("Cart")]);
        Assert.True(await campaign.WaitForExitAsync() == 0, campaign.Output);

        await certificates.CreateAsync("--renew");
        foreach (var service in Callers)
        {
            await store[service].WaitForOutputAsync("CertificateRenewed");
        }

        await BuyAsync(store, book: 2);
        foreach (var service in Callers)
        {
            Assert.DoesNotContain("ServiceRefused", store[service].Output, StringComparison.Ordinal);
            Assert.DoesNotContain("ServerRefused", store[service].Output, StringComparison.Ordinal);
        }
    }

    private static async Task BuyAsync(Store store, int book)
    {
        using var visitor = store.NewVisitor();
        var shopper = new Shopper(visitor);
        Assert.Contains("It is in your basket.", await shopper.AddAsync(book), StringComparison.Ordinal);

        using var paid = await shopper.PayAsync(await shopper.FillCheckoutAsync());

        Assert.StartsWith("/orders/", paid.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }
}
