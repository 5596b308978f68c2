using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>Our own copy of Inventory's catalogue, and what keeps it up to date.</summary>
internal static class CatalogueModule
{
    public static void AddCatalogue(this ServiceApplicationBuilder builder)
    {
        builder.AddDatabase("Recommendations", typeof(CatalogueModule).Assembly, PrepareAsync);
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");

        // Not whether Inventory is there, but whether we have something to answer from: once it has been complete, the copy always is.
        builder.AddReadiness(
            "the copy of the catalogue", (services, _) => ValueTask.FromResult(services.GetRequiredService<BookCatalogue>().IsLoaded));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CatalogueStore>();
        builder.Services.AddSingleton<BookCatalogue>();
        builder.Services.AddSingleton<CatalogueRefresh>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueRefresh>());
        builder.Services.AddSingleton<CatalogueFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueFollower>());
        builder.AddFeedLag("Recommendations", "catalogue", services => services.GetRequiredService<CatalogueFollower>().Lag);
    }

    private static Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<BookCatalogue>().LoadAsync(cancellationToken);
}
