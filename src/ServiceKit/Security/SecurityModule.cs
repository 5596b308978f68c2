using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Security;

/// <summary>Who calls, and who may; see docs/security.md.</summary>
internal static class SecurityModule
{
    public static readonly Setting Secret = new(
        "SERVICE_SECRET",
        $"What the services of a store prove to Accounts that they are services with, at least {ServiceSecret.LeastLength} characters. Default: the one in DATA_DIR/keys/{ServiceSecret.FileName}.")
    {
        Format = new SettingFormat($"at least {ServiceSecret.LeastLength} characters", value => value.Length >= ServiceSecret.LeastLength),
        IsSecret = true,
    };

    public static void AddSecurity(this ServiceApplicationBuilder builder)
    {
        builder.Settings.Add(Secret);
        builder.AddClient<AccountsService.AccountsServiceClient>("Accounts");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ServiceSecret>(services => new ServiceSecret(services.GetRequiredService<SettingsCatalogue>()));
        builder.Services.AddSingleton(services => new ServiceTokens(
            services.GetRequiredService<AccountsService.AccountsServiceClient>(),
            services.GetRequiredService<ServiceSecret>(),
            services.GetRequiredService<HostedServices>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<VerificationKeys>();
        builder.Services.AddSingleton<TokenVerifier>();
        builder.Services.AddSingleton(services => new AccessGuard(
            new AccessRules(services.GetRequiredService<MappedServices>().Access),
            services.GetRequiredService<TokenVerifier>(),
            services.GetRequiredService<PeerTls>().RequiresClientCertificate,
            services.GetRequiredService<ILogger<AccessGuard>>()));
    }

    /// <summary>Adds what comes after all that the services do before they serve: a process that is Accounts has no keys sooner.</summary>
    public static void AddKeyWarmUp(this ServiceApplicationBuilder builder) => builder.AddWarmUp(
        "looking for the keys of tokens", (services, cancellationToken) => services.GetRequiredService<VerificationKeys>().PrefetchAsync(cancellationToken));
}
