using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.Reviews.Feed;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.Reviews;

/// <summary>Ratings and reviews, as a process adds and maps them.</summary>
public static class ReviewsModule
{
    /// <summary>Adds the service: its settings, its database, its client of Transactions and what it does in the background.</summary>
    /// <param name="builder">The process.</param>
    public static void AddReviews(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService("Reviews");
        builder.AddOptions<ReviewsOptions>("Reviews");
        builder.AddDatabase("Reviews", typeof(ReviewsModule).Assembly);
        builder.AddClient<TransactionsService.TransactionsServiceClient>("Transactions");
        builder.AddForgetting<ReaderForgetting>("Reviews");
        builder.AddQueue("Reviews", "reviews to look at", "{review}", "SELECT count(*) FROM review WHERE waiting_since IS NOT NULL");
        builder.AddQueue("Reviews", "purchases to ask about", "{review}", "SELECT count(*) FROM review WHERE purchase_ask_at IS NOT NULL");

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WordFilter>();
        services.AddSingleton<ReviewSignal>();
        services.AddSingleton<ReviewStore>();
        services.AddSingleton<ReviewList>();
        services.AddSingleton<RatingStore>();
        services.AddSingleton<VoteStore>();
        services.AddSingleton<ReportStore>();
        services.AddSingleton<ReviewChangeStore>();
        services.AddSingleton<ReviewFeed>();
        services.AddSingleton<PurchaseStore>();
        services.AddSingleton<Purchases>();
        services.AddSingleton<ReviewWriting>();
        services.AddSingleton<PurchaseCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<PurchaseCheck>());
        services.AddSingleton<ReviewsV1>();
    }

    /// <summary>Serves <c>booksforyou.reviews.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapReviews(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<ReviewsV1>();
    }
}
