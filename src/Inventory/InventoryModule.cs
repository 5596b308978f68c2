using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Search;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Inventory;

/// <summary>The inventory service, as a process adds and maps it.</summary>
public static class InventoryModule
{
    /// <summary>Adds the service: its settings, its database, and what runs in the background.</summary>
    /// <param name="builder">The process.</param>
    public static void AddInventory(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService("Inventory");
        builder.AddOptions<InventoryOptions>("Inventory");
        builder.AddSetting(
            ShopCurrency.Setting,
            "The currency of all prices.",
            ShopCurrency.Default,
            new SettingFormat("the three capital letters of a currency in ISO 4217, such as EUR", ShopCurrency.IsValid));
        builder.AddDatabase("Inventory", typeof(InventoryModule).Assembly, PrepareAsync);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new ShopCurrency(services.GetRequiredService<IConfiguration>()[ShopCurrency.Setting]?.Trim() ?? ShopCurrency.Default));
        builder.AddCatalogue();
        builder.AddStock();
        builder.Services.AddSingleton<InventoryV1>();
    }

    /// <summary>Serves <c>booksforyou.inventory.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapInventory(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<InventoryV1>();
    }

    private static void AddCatalogue(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CatalogueSignal>();
        builder.Services.AddSingleton<CatalogueWriter>();
        builder.Services.AddSingleton<CatalogueSeed>();
        builder.Services.AddSingleton<CatalogueAdministration>();
        builder.Services.AddSingleton<BookStore>();
        builder.Services.AddSingleton<BookFeed>();
        builder.Services.AddSingleton<BookSearch>();
        builder.Services.AddSingleton<BestSellers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BestSellers>());
    }

    private static void AddStock(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => ReservationStore.Create(services.GetRequiredKeyedService<Database>("Inventory")));
        builder.Services.AddSingleton<Reservations>();
        builder.Services.AddSingleton<StockStore>();
        builder.Services.AddSingleton<StockLedger>();
        builder.Services.AddHostedService<ReservationSweep>();
        builder.AddQueue("Inventory", "reservations held", "{reservation}", "SELECT count(*) FROM reservation WHERE state = 1");
    }

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CatalogueSeed>().PlantAsync(cancellationToken);
        await services.GetRequiredService<BestSellers>().RefreshAsync(cancellationToken);
    }
}
