namespace BooksForYou.Marketplace.Tests;

/// <summary>A whole shop that the tests of a class share.</summary>
public sealed class OpenShopFixture : IAsyncLifetime
{
    internal OpenShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await OpenShop.StartAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
