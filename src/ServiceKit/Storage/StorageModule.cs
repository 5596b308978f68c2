using System.Reflection;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Shutdown;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>A service's own database, as a process adds it; see docs/storage.md.</summary>
public static class StorageModule
{
    /// <summary>
    /// Adds the database of a service: a <see cref="Database"/>, keyed by the service's name, at the address in the setting
    /// <c>&lt;SERVICE&gt;_DATABASE</c> or else in a SQLite file in DATA_DIR. Its schema is brought up to date before the process serves,
    /// and it is a
    /// condition of readiness.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">The name of the service, such as Recommendations.</param>
    /// <param name="schema">The assembly that embeds the service's numbered <c>Schema/*.sql</c>.</param>
    /// <param name="prepare">
    /// What else has to happen on the database before the service is ready, at every start: a seed to plant, a cache to fill. It may run
    /// again after a
    /// failure, and in several processes at once.
    /// </param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddDatabase(
        this ServiceApplicationBuilder builder,
        string service,
        Assembly schema,
        Func<IServiceProvider, CancellationToken, Task>? prepare = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        ArgumentNullException.ThrowIfNull(schema);

        var setting = $"{service.ToUpperInvariant()}_DATABASE";
        var file = $"{service.ToLowerInvariant()}.db";
        var format = new SettingFormat(DatabaseAddress.Accepted, DatabaseAddress.IsValid);
        builder.AddSetting(setting, $"Database of {service}. Default: the SQLite file {file} in DATA_DIR.", format: format, isSecret: true);

        if (builder.Services.All(registered => registered.ServiceType != typeof(Database)))
        {
            builder.MapException<DatabaseUnavailableException>(exception =>
                new UnavailableException("The database is unavailable", exception));
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddKeyedSingleton(service, (services, _) => new Database(
            Address(services.GetRequiredService<IConfiguration>(), setting, file),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddKeyedSingleton(service, (services, _) => new DatabaseStartup(
            setting,
            services.GetRequiredKeyedService<Database>(service),
            schema,
            cancellationToken => prepare?.Invoke(services, cancellationToken) ?? Task.CompletedTask,
            services.GetRequiredService<ShutdownState>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<DatabaseStartup>>()));

        var name = $"the database of {service}";
        builder.AddWarmUp(name, (services, cancellationToken) =>
            services.GetRequiredKeyedService<DatabaseStartup>(service).RunAsync(cancellationToken));
        builder.AddReadiness(name, (services, cancellationToken) =>
            services.GetRequiredKeyedService<DatabaseStartup>(service).IsReadyAsync(cancellationToken));
        return builder;
    }

    private static DatabaseAddress Address(IConfiguration configuration, string setting, string file) =>
        configuration[setting] is { } value && !string.IsNullOrWhiteSpace(value)
            ? DatabaseAddress.Parse(value)
            : DatabaseAddress.Parse($"sqlite:{Path.GetFullPath(Path.Combine(configuration["DATA_DIR"] ?? "data", file))}");
}
