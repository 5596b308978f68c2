using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Wishlist;

/// <summary>The service, as a process adds and maps it.</summary>
public static class WishlistModule
{
    /// <summary>Adds the service: its settings and its database.</summary>
    /// <param name="builder">The process.</param>
    public static void AddWishlist(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService("Wishlist");
        builder.AddOptions<WishlistOptions>("Wishlist");
        builder.AddDatabase("Wishlist", typeof(WishlistModule).Assembly);
        builder.AddForgetting<OwnerForgetting>("Wishlist");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<EntryStore>();
        builder.Services.AddSingleton<WishlistV1>();
    }

    /// <summary>Serves <c>booksforyou.wishlist.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapWishlist(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<WishlistV1>();
    }
}
