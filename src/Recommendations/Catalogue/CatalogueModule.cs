using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The catalogue, which is served from here until there is an inventory service of its own.</summary>
internal static class CatalogueModule
{
    public static void AddCatalogue(this ServiceApplicationBuilder builder)
    {
        builder.AddDatabase(
            "Recommendations",
            typeof(CatalogueModule).Assembly,
            (services, cancellationToken) => services.GetRequiredService<BookCatalogue>().OpenAsync(cancellationToken));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CatalogueStore>();
        builder.Services.AddSingleton<BookCatalogue>();
        builder.Services.AddSingleton<InventoryV1>();
        builder.Services.AddHostedService<CatalogueRefresh>();
    }

    public static void MapCatalogue(this ServiceApplication app) => app.MapGrpcService<InventoryV1>();
}
