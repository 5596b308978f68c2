using System.Text.Encodings.Web;
using System.Text.Unicode;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.Web;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
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
        builder.Services.AddShop();
        builder.Services.AddPages();
    }

    /// <summary>Maps the pages of the web shop.</summary>
    /// <param name="app">The process.</param>
    public static void MapMarketplace(this ServiceApplication app) => app.MapWeb(web =>
    {
        web.UseSecurityHeaders();
        web.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/status/500", SuppressDiagnosticsCallback = _ => true });
        web.UseStatusCodePagesWithReExecute("/status/{0}");
        web.MapAssets();
        web.MapRazorPages();
    });

    private static void AddShop(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPeer(PeerNames.Recommendations);
        services.AddPeer(PeerNames.Catalogue);
        services.AddSingleton<Assets>();
        services.AddSingleton<CoverShelf>();
        services.AddSingleton<BookCatalogue>();
        services.AddSingleton<SimilarBooks>();
        services.AddSingleton<ShopWindow>();
        services.AddHostedService<WindowDresser>();
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddExceptionHandler<PageFailureLog>();
        // Letters of every script are written as they are: smaller pages, and the characters that matter in HTML are escaped all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages(options => options.Conventions.Add(new ReadOnlyPages())).AddApplicationPart(typeof(MarketplaceModule).Assembly);
    }

    private static void AddPeer(this IServiceCollection services, string name) => services.AddKeyedSingleton(
        name,
        (provider, _) => ActivatorUtilities.CreateInstance<Peer>(provider, name));
}
