using BooksForYou.Recommendations.Catalogue;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Recommendations;

/// <summary>The recommendations service, as a process adds and maps it.</summary>
public static class RecommendationsModule
{
    /// <summary>Adds the service: its settings, its database and what it warms up.</summary>
    /// <param name="builder">The process.</param>
    public static void AddRecommendations(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService("Recommendations");
        builder.AddOptions<RecommendationsOptions>("Recommendations");
        builder.AddCatalogue();
        builder.Services.AddSingleton<Recommender>();
        builder.Services.AddSingleton<RecommendationsV1>();
        builder.Services.AddSingleton<UnversionedRecommendations>();
    }

    /// <summary>Serves <c>booksforyou.recommendations.v1</c>, and the unversioned API beside it.</summary>
    /// <param name="app">The process.</param>
    public static void MapRecommendations(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<RecommendationsV1>();

        // The contract is that of clients that exist, who copy it as it is.
        app.MapGrpcService<UnversionedRecommendations>([Role.Anyone], ["Marketplace"]);
    }
}
