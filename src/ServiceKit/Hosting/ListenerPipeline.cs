using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>What answers on one port: middleware and endpoints of its own, which no other port of the process can reach.</summary>
public sealed class ListenerPipeline : IApplicationBuilder, IEndpointRouteBuilder
{
    // The names under which ASP.NET Core's own WebApplication keeps its routes, so that middleware that runs a request a second time
    // (exception handlers, status code pages) finds them here as it does there.
    private const string GlobalRoutes = "__GlobalEndpointRouteBuilder";
    private const string LocalRoutes = "__EndpointRouteBuilder";
    private const string UseRouting = "__UseRouting";

    private readonly ApplicationBuilder _middleware;
    private readonly List<EndpointDataSource> _dataSources = [];

    internal ListenerPipeline(IServiceProvider services)
    {
        _middleware = new ApplicationBuilder(services);
        _middleware.Properties[GlobalRoutes] = this;
    }

    /// <inheritdoc/>
    public IServiceProvider ApplicationServices
    {
        get => _middleware.ApplicationServices;
        set => _middleware.ApplicationServices = value;
    }

    /// <inheritdoc/>
    public IFeatureCollection ServerFeatures => _middleware.ServerFeatures;

    /// <inheritdoc/>
    public IDictionary<string, object?> Properties => _middleware.Properties;

    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => ApplicationServices;

    /// <inheritdoc/>
    public ICollection<EndpointDataSource> DataSources => _dataSources;

    /// <inheritdoc/>
    public IApplicationBuilder Use(Func<RequestDelegate, RequestDelegate> middleware)
    {
        _middleware.Use(middleware);
        return this;
    }

    /// <inheritdoc/>
    public IApplicationBuilder New()
    {
        var branch = _middleware.New();
        branch.Properties.Remove(GlobalRoutes);
        return branch;
    }

    /// <inheritdoc/>
    public IApplicationBuilder CreateApplicationBuilder() => New();

    /// <summary>Puts it together: routing, the middleware in the order in which it was added, the endpoints.</summary>
    /// <returns>What answers a request.</returns>
    public RequestDelegate Build()
    {
        var outer = new ApplicationBuilder(ApplicationServices);
        outer.Properties[GlobalRoutes] = this;
        if (Properties.TryGetValue(LocalRoutes, out var routes))
        {
            // A module has put routing where it wants it.
            outer.Properties[LocalRoutes] = routes;
        }
        else
        {
            outer.UseRouting();
            Properties[UseRouting] = outer.Properties[UseRouting];
        }

        outer.Use(next =>
        {
            _middleware.Run(next);
            return _middleware.Build();
        });
        outer.UseEndpoints(_ => { });
        return outer.Build();
    }
}
