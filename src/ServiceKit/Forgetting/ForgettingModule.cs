using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Forgetting;

/// <summary>Forgetting people whose accounts are deleted, as a service adds it; see docs/forgetting.md.</summary>
public static class ForgettingModule
{
    /// <summary>
    /// Has a service follow the deletions of accounts. Its database, added with AddDatabase, needs the tables <c>deletion_cursor</c> and
    /// <c>deleted_account</c>.
    /// </summary>
    /// <typeparam name="TForgetting">What the service does then; made from the process's services.</typeparam>
    /// <param name="builder">The process.</param>
    /// <param name="service">The name of the service, such as Reviews.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddForgetting<TForgetting>(this ServiceApplicationBuilder builder, string service)
        where TForgetting : class, IForgetAccounts
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);

        builder.Services.AddKeyedSingleton(service, (services, _) => new DeletionStore(
            services.GetRequiredKeyedService<Database>(service),
            ActivatorUtilities.CreateInstance<TForgetting>(services),
            services.GetRequiredService<TimeProvider>()));

        // Not AddHostedService, which takes one of a type: several services of a process forget, each for itself.
        builder.Services.AddKeyedSingleton(service, (services, _) => new DeletionFollower(
            service,
            services.GetRequiredService<AccountsService.AccountsServiceClient>(),
            services.GetRequiredKeyedService<DeletionStore>(service),
            services.GetRequiredKeyedService<Database>(service),
            services.GetRequiredService<StartupState>(),
            services.GetRequiredService<ShutdownState>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<DeletionFollower>>()));
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredKeyedService<DeletionFollower>(service));
        builder.AddFeedLag(service, "deletions", services => services.GetRequiredKeyedService<DeletionFollower>(service).Lag);
        builder.Services.AddSingleton<IHostedService>(services => new SecondLook(
            service,
            services.GetRequiredKeyedService<DeletionStore>(service),
            services.GetRequiredKeyedService<Database>(service),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SecondLook>>()));
        return builder;
    }
}
