using System.Globalization;
using BooksForYou.Cart.Baskets;
using BooksForYou.Cart.Campaigns;
using BooksForYou.Cart.Cancellations;
using BooksForYou.Cart.Promotions;
using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Cart;

/// <summary>The cart service, as a process adds and maps it.</summary>
public static class CartModule
{
    private const string ShopCurrency = "SHOP_CURRENCY";
    private const string BasketDays = "BASKET_DAYS";

    /// <summary>Adds the service: its settings, its database, its clients and what it does in the background.</summary>
    /// <param name="builder">The process.</param>
    public static void AddCart(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService("Cart");
        builder.AddOptions<CartOptions>("Cart");
        var currency = new SettingFormat("three capital letters", IsCurrency);
        builder.AddSetting(ShopCurrency, "Currency of the shop, by its three letters in ISO 4217.", "EUR", currency);
        builder.AddSetting(BasketDays, "Days after which a basket that nobody edits is deleted.", "30", SettingFormat.WholeNumber(1, 3650));
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");
        builder.AddClient<TransactionsService.TransactionsServiceClient>("Transactions");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Shop(
            builder.Configuration[ShopCurrency]!,
            TimeSpan.FromDays(int.TryParse(builder.Configuration[BasketDays], CultureInfo.InvariantCulture, out var days) ? days : 0)));
        builder.Services.AddSingleton<Stock>();
        builder.Services.AddSingleton<Payments>();
        builder.AddBaskets();
        builder.AddPromotions();
        builder.AddSales();
        builder.AddForgetting<OwnerForgetting>("Cart");
        builder.AddQueue("Cart", "sales in flight", "{sale}", "SELECT count(*) FROM sale WHERE state <> 'Done'");
        builder.AddQueue("Cart", "cancellations in flight", "{order}", "SELECT count(*) FROM cancellation WHERE state <> 'Done'");
        builder.AddQueue("Cart", "campaigns under way", "{campaign}", "SELECT count(*) FROM campaign WHERE NOT is_done");
        builder.Services.AddSingleton<CartService>();
    }

    /// <summary>Serves <c>booksforyou.cart.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapCart(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<CartService>();
    }

    private static void AddBaskets(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BasketStore>();
        builder.Services.AddSingleton<Pricing>();
        builder.Services.AddSingleton<Shopping>();
        builder.Services.AddSingleton<BasketSweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BasketSweep>());
    }

    private static void AddPromotions(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PromotionStore>();
        builder.Services.AddSingleton<Offers>();
        builder.Services.AddSingleton<PromotionBook>();
        builder.Services.AddSingleton<CampaignStore>();
        builder.Services.AddSingleton<MailingList>();
        builder.Services.AddSingleton<CampaignRunner>();
        builder.Services.AddSingleton<CampaignWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CampaignWorker>());
        builder.Services.AddSingleton<Campaigns.Campaigns>();
    }

    private static void AddSales(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SaleStore>();
        builder.Services.AddSingleton<SaleWork>();
        builder.Services.AddSingleton<SaleRunner>();
        builder.Services.AddSingleton<InFlight<CheckoutResponse?>>();
        builder.Services.AddSingleton<Checkout>();
        builder.Services.AddSingleton<CancellationStore>();
        builder.Services.AddSingleton<CancellationRunner>();
        builder.Services.AddSingleton<InFlight<bool>>();
        builder.Services.AddSingleton<Cancellations.Cancellations>();
        builder.Services.AddSingleton<RecoveryWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RecoveryWorker>());
        builder.AddDatabase("Cart", typeof(CartModule).Assembly, (services, _) =>
        {
            services.GetRequiredService<RecoveryWorker>().Begin();
            return Task.CompletedTask;
        });
    }

    private static bool IsCurrency(string value) => value.Length == 3 && value.All(char.IsAsciiLetterUpper);
}
