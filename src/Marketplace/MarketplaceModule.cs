using System.Text.Encodings.Web;
using System.Text.Unicode;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Operations;
using BooksForYou.Marketplace.Pages;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Reviewing;
using BooksForYou.Marketplace.Shopkeeping;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;

namespace BooksForYou.Marketplace;

/// <summary>The web shop that people see.</summary>
public static class MarketplaceModule
{
    /// <summary>Adds the web shop to a process. It is served on <c>HTTP_PORT</c>.</summary>
    /// <param name="builder">The process.</param>
    public static void AddMarketplace(this ServiceApplicationBuilder builder)
    {
        builder.AddService("Marketplace");
        builder.AddWeb();
        builder.AddOptions<MarketplaceOptions>("Marketplace");
        builder.AddClient<RecommendationsService.RecommendationsServiceClient>("Recommendations");
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");
        builder.AddClient<CartService.CartServiceClient>("Cart");
        builder.AddClient<TransactionsService.TransactionsServiceClient>("Transactions");
        builder.AddClient<ReviewsService.ReviewsServiceClient>("Reviews");
        builder.AddSetting("TEST_CARDS", "Cards that the checkout page offers to try, NUMBER=what happens|… Only for a test gateway. Default: those of the one in this process.");
        builder.AddKeys();
        builder.Services.AddShop();
        builder.Services.AddPages();
        builder.Services.AddLimits();
        builder.Services.AddSecureTransport();
    }

    /// <summary>Maps the pages of the web shop.</summary>
    /// <param name="app">The process.</param>
    public static void MapMarketplace(this ServiceApplication app) => app.MapWeb(web =>
    {
        web.UseReverseProxies();
        web.UseSecurityHeaders();
        web.UseSecureTransport();
        web.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/status/500", SuppressDiagnosticsCallback = _ => true });
        web.UseStatusCodePagesWithReExecute("/status/{0}");
        web.UseRateLimiter();
        web.UseFormLimit();
        web.UsePeople();
        web.MapAssets();
        web.MapSuggestions();
        web.MapRazorPages();
    });

    private static void AddShop(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPeer(PeerNames.Recommendations);
        services.AddPeer(PeerNames.Catalogue);
        services.AddPeer(PeerNames.Cart);
        services.AddPeer(PeerNames.Transactions);
        services.AddPeer(PeerNames.Accounts);
        services.AddPeer(PeerNames.Reviews);
        services.AddSingleton<VisitorTokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<BasketMerge>();
        services.AddSingleton<FrontDoor>();
        services.AddSingleton<DataExport>();
        services.AddSingleton<Offers>();
        services.AddSingleton<PromotionUses>();
        services.AddSingleton<Baskets>();
        services.AddSingleton<Sales>();
        services.AddSingleton<BookRatings>();
        services.AddSingleton<BookReviews>();
        services.AddSingleton<ReaderOpinions>();
        services.AddShopkeeping();
        services.AddSingleton<OrderArchive>();
        services.AddSingleton(provider => TestCardList.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Assets>();
        services.AddSingleton<CoverShelf>();
        services.AddSingleton<BookCatalogue>();
        services.AddSingleton<SimilarBooks>();
        services.AddSingleton<ShopWindow>();
        services.AddHostedService<WindowDresser>();
    }

    /// <summary>What the admin area needs.</summary>
    private static void AddShopkeeping(this IServiceCollection services)
    {
        services.AddSingleton<AdminCalls>();
        services.AddSingleton<StockRoom>();
        services.AddSingleton<OrderDesk>();
        services.AddSingleton<PromotionDesk>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<MailRoom>();
        services.AddSingleton<ControlRoom>();
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddExceptionHandler<PageFailureLog>();
        // Letters of every script are written as they are: smaller pages, and the characters that matter in HTML are escaped all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormOwner>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // Lax, as the visitor's: a Strict one is left out when somebody comes by a link from elsewhere, gets a new one, and a checkout that is open
            // in another window could not be sent any more. Neither is sent with a form of another site.
            options.Cookie.SameSite = SameSiteMode.Lax;

            // The content security policy says it already, and browsers that know both heed the policy.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorPages(options => options.Conventions.Add(new ReadOnlyPages())).AddApplicationPart(typeof(MarketplaceModule).Assembly);
    }

    /// <summary>
    /// The keys of the forms' tokens follow from a secret that the replicas of a shop share, or else are kept with the data: a form can be sent to another
    /// replica than it came from, and after a restart.
    /// </summary>
    private static void AddKeys(this ServiceApplicationBuilder builder)
    {
        builder.AddSetting("DATA_DIR", "Where data is kept.", "data");
        builder.AddSetting(
            FormKeys.Setting,
            $"What the keys of the forms are derived from, the same for all replicas, at least {FormKeys.LeastLength} characters. Default: keys in DATA_DIR/keys.",
            format: new SettingFormat($"at least {FormKeys.LeastLength} characters", value => value.Length >= FormKeys.LeastLength),
            isSecret: true);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().SetApplicationName("BooksForYou.Marketplace");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((options, configuration, loggers) =>
        {
            if (SecretOf(configuration) is null)
            {
                options.XmlRepository = new FileSystemXmlRepository(KeyFolder.Open(configuration["DATA_DIR"]), loggers);
            }
            else
            {
                options.AutoGenerateKeys = false;
            }
        });
        builder.Services.AddSingleton<IKeyManager>(provider => SecretOf(provider.GetRequiredService<IConfiguration>()) is { } secret
            ? new FormKeys(secret, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>())
            : ActivatorUtilities.CreateInstance<XmlKeyManager>(provider));
    }

    private static string? SecretOf(IConfiguration configuration) => configuration[FormKeys.Setting]?.Trim() is { Length: > 0 } secret ? secret : null;

    private static void AddPeer(this IServiceCollection services, string name) => services.AddKeyedSingleton(
        name,
        (provider, _) => ActivatorUtilities.CreateInstance<Peer>(provider, name));
}
