using BooksForYou.Accounts.Deletions;
using BooksForYou.Accounts.Keys;
using BooksForYou.Accounts.Limits;
using BooksForYou.Accounts.Mails;
using BooksForYou.Accounts.Passwords;
using BooksForYou.Accounts.People;
using BooksForYou.Accounts.Sessions;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts;

/// <summary>Accounts, sessions and tokens, as a process adds and maps them.</summary>
public static class AccountsModule
{
    internal const string Name = "Accounts";

    /// <summary>Adds the service: its settings, its database, and what it does in the background.</summary>
    /// <param name="builder">The process.</param>
    public static void AddAccounts(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddAccountsData();
        builder.AddQueue(Name, "mails to send", "{mail}", (provider, _) => ValueTask.FromResult<double>(MetricsOf(provider).WaitingMails));
        builder.AddQueue(Name, "mails given up", "{mail}", (provider, _) => ValueTask.FromResult<double>(MetricsOf(provider).DeadMails));
        builder.Services.AddSingleton<ISigningKeySource, OwnSigningKeys>();
        builder.Services.AddSingleton<AccountsV1>();
        builder.Services.AddSingleton<AccountsWorkers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AccountsWorkers>());
        builder.AddWarmUp("passwords, keys and mails", async (provider, cancellationToken) =>
        {
            provider.GetRequiredService<PasswordVault>().WarmUp();

            // Whoever asks for the first token waits for nothing that is done once.
            await provider.GetRequiredService<Tokens>().ForServiceAsync(Name, cancellationToken);
            provider.GetRequiredService<AccountsV1>();
            provider.GetRequiredService<AccountsWorkers>().Begin();
        });
    }

    /// <summary>Serves <c>booksforyou.accounts.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapAccounts(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<AccountsV1>();
    }

    /// <summary>Adds what commands need as well: the settings and the database, and nothing that works by itself.</summary>
    internal static void AddAccountsData(this ServiceApplicationBuilder builder)
    {
        builder.AddService(Name);
        builder.AddOptions<AccountsOptions>(Name);
        builder.AddMail();
        builder.AddSetting(KeySettings.PasswordSetting, "Password that the private keys of tokens are encrypted with in the database.", isSecret: true);
        builder.AddSetting(KeySettings.DaysSetting, "Days that a key signs tokens before the next one does.", KeySettings.DefaultDays, SettingFormat.WholeNumber(1, 3650));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AccountsLog>();
        services.AddSingleton<AccountsMetrics>();
        services.AddSingleton<AccountsSignals>();
        services.AddSingleton(provider => KeySettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new SigningKeyStore(DatabaseOf(provider)));
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Tokens>();
        AddPeople(services);
        AddMails(services);
        builder.AddDatabase(Name, typeof(AccountsModule).Assembly, async (provider, cancellationToken) =>
        {
            var keys = provider.GetRequiredService<SigningKeys>();
            await keys.TendAsync(cancellationToken);
            await keys.ReadAsync(cancellationToken);
        });
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton(provider => new AccountStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new SessionStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new TryStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new DeletionStore(DatabaseOf(provider)));
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<PasswordVault>();
        services.AddSingleton<AccountRules>();
        services.AddSingleton<TryLimits>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<Registration>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<PasswordChange>();
        services.AddSingleton<DeletionFeed>();
    }

    private static void AddMails(IServiceCollection services)
    {
        services.AddSingleton(provider => new MailStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new MailLinkStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new CampaignStore(DatabaseOf(provider)));
        services.AddSingleton<AccountMail>();
        services.AddSingleton<MailReport>();
        services.AddKeyedSingleton(Name, (provider, _) => new MailDelivery(
            new MailOutbox(DatabaseOf(provider), provider.GetRequiredService<AccountMail>()),
            provider.GetRequiredService<IMailTransport>(),
            provider.GetRequiredService<IOptions<AccountsOptions>>().Value.MailPacing,
            provider.GetRequiredService<AccountsSignals>().MailDue,
            provider.GetRequiredService<MailReport>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    // As the worker has counted them last.
    private static AccountsMetrics MetricsOf(IServiceProvider services) => services.GetRequiredService<AccountsMetrics>();

    private static Database DatabaseOf(IServiceProvider services) => services.GetRequiredKeyedService<Database>(Name);
}
