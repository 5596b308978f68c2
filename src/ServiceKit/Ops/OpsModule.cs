using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>What a process knows about itself, for the page /ops; see docs/ops.md.</summary>
public static class OpsModule
{
    internal const string Seconds = "s";

    /// <summary>Adds a queue of a service, to be shown on /ops and measured as <c>booksforyou.queue.length</c>. It is read every few seconds in the
    /// background, once the process serves.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">The service, such as Transactions.</param>
    /// <param name="name">What waits, such as receipts.</param>
    /// <param name="unit">What it is counted in, such as {receipt}.</param>
    /// <param name="read">Reads how many wait. One that throws, or takes more than two seconds, leaves the length unknown.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddQueue(
        this ServiceApplicationBuilder builder, string service, string name, string unit, Func<IServiceProvider, CancellationToken, ValueTask<double>> read)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(read);
        builder.Services.AddSingleton(new QueueGauge(service, name, unit, read));
        return builder;
    }

    /// <summary>Adds a queue that is counted in the service's own database, as <see cref="AddQueue(ServiceApplicationBuilder, string, string, string,
    /// Func{IServiceProvider, CancellationToken, ValueTask{double}})"/> does.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">The service, whose database was added with AddDatabase.</param>
    /// <param name="name">What waits, such as sales in flight.</param>
    /// <param name="unit">What it is counted in, such as {sale}.</param>
    /// <param name="sql">Counts it, by an index: it is run every few seconds.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddQueue(this ServiceApplicationBuilder builder, string service, string name, string unit, string sql) =>
        builder.AddQueue(service, name, unit, async (services, cancellationToken) =>
        {
            await using var connection = await services.GetRequiredKeyedService<Database>(service).OpenConnectionAsync(cancellationToken);
            return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        });

    /// <summary>Adds a feed that a service follows, to be shown on /ops and measured as <c>booksforyou.feed.lag</c>.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">The service that follows, such as Reviews.</param>
    /// <param name="feed">What it follows, such as deletions.</param>
    /// <param name="lag">Tells how long it has been behind.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddFeedLag(
        this ServiceApplicationBuilder builder, string service, string feed, Func<IServiceProvider, TimeSpan> lag) =>
        builder.AddQueue(service, feed, Seconds, (services, _) => ValueTask.FromResult(lag(services).TotalSeconds));

    internal static void AddOps(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecentExceptions>();

        // Whatever the log leaves out, these are kept.
        builder.Logging.AddFilter<RecentExceptions>(category: null, LogLevel.Warning);
        builder.Services.AddSingleton<QueueMonitor>();
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<QueueMonitor>());
        builder.Services.AddSingleton<ProcessReporter>();
        builder.Services.AddSingleton(services => new StoreReports(
            services.GetRequiredService<ProcessReporter>(), services.GetRequiredService<PeerChannels>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<OpsV1>();
    }

    internal static void MapOps(this ServiceApplication app)
    {
        // Made now, since it tells since when the process is there.
        _ = app.Services.GetRequiredService<ProcessReporter>();

        // Besides whatever else the log goes to.
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(app.Services.GetRequiredService<RecentExceptions>());
        app.MapGrpcService<OpsV1>();
    }

    /// <summary>Adds what counts requests.</summary>
    internal static void AddRequestStatistics(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RequestStatistics>();
    }
}
