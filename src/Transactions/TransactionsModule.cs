using BooksForYou.ServiceKit.Forgetting;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.Transactions.Feed;
using BooksForYou.Transactions.Orders;
using BooksForYou.Transactions.Payments;
using BooksForYou.Transactions.Receipts;
using BooksForYou.Transactions.Reports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BooksForYou.Transactions;

/// <summary>Orders, payments and receipts, as a process adds and maps them.</summary>
public static class TransactionsModule
{
    internal const string Name = "Transactions";

    /// <summary>Adds the service: its settings, its database, the payment gateway's client, and what it does in the background.</summary>
    /// <param name="builder">The process.</param>
    public static void AddTransactions(this ServiceApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddService(Name);
        builder.AddOptions<TransactionsOptions>(Name);
        builder.AddShopSettings();
        builder.AddMail();
        builder.AddDatabase(Name, typeof(TransactionsModule).Assembly);
        builder.AddForgetting<CustomerForgetting>(Name);

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TransactionsLog>();
        services.AddSingleton<TransactionsMetrics>();
        services.AddSingleton<TransactionsSignals>();
        services.AddSingleton<ChargeValidation>();
        services.AddSingleton<TransactionsV1>();
        AddOrders(services);
        AddPayments(builder);
        AddReceipts(services);

        AddQueues(builder);
        services.AddSingleton<TransactionsWorkers>();
        services.AddHostedService(provider => provider.GetRequiredService<TransactionsWorkers>());
        builder.AddWarmUp("payments and receipts", (provider, _) =>
        {
            provider.GetRequiredService<TransactionsWorkers>().Begin();
            return Task.CompletedTask;
        });
    }

    /// <summary>Serves <c>booksforyou.transactions.v1</c>.</summary>
    /// <param name="app">The process.</param>
    public static void MapTransactions(this ServiceApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<TransactionsV1>();
    }

    // As the workers have counted them last.
    private static void AddQueues(ServiceApplicationBuilder builder)
    {
        builder.AddQueue(Name, "receipts to send", "{receipt}", (provider, _) => Count(provider, metrics => metrics.WaitingReceipts));
        builder.AddQueue(Name, "receipts given up", "{receipt}", (provider, _) => Count(provider, metrics => metrics.DeadReceipts));
        builder.AddQueue(Name, "payments open", "{payment}", (provider, _) => Count(provider, metrics => metrics.OpenPayments));

        static ValueTask<double> Count(IServiceProvider provider, Func<TransactionsMetrics, long> read) =>
            ValueTask.FromResult((double)read(provider.GetRequiredService<TransactionsMetrics>()));
    }

    private static void AddOrders(IServiceCollection services)
    {
        services.AddSingleton(provider => new OrderStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new ChargeStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new OrderEventStore(DatabaseOf(provider)));
        services.AddSingleton<OrderFeed>();
        services.AddSingleton(provider => new CustomerStore(DatabaseOf(provider)));
        services.AddSingleton<Customers>();
        services.AddSingleton(provider => new CampaignReportStore(DatabaseOf(provider)));
        services.AddSingleton<CampaignReports>();
    }

    private static void AddPayments(ServiceApplicationBuilder builder)
    {
        builder.AddSetting(
            HttpPaymentGateway.AddressSetting,
            $"Address of the payment gateway. Default: the test gateway in this process, or else {HttpPaymentGateway.DefaultAddress}.",
            format: WebAddress());
        builder.AddSetting(HttpPaymentGateway.KeySetting, "Key that lets this shop in at the payment gateway. Default: that of the test gateway.", isSecret: true);

        var services = builder.Services;
        services.AddSingleton<IPaymentGateway, HttpPaymentGateway>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<Leases>();
        services.AddSingleton<Charging>();
        services.AddSingleton<Abandoning>();
        services.AddSingleton<Refunding>();
        services.AddSingleton<PaymentRecovery>();
    }

    private static void AddReceipts(IServiceCollection services)
    {
        services.AddSingleton(provider => new ReceiptStore(DatabaseOf(provider)));
        services.AddSingleton(provider => new ReceiptMail(provider.GetRequiredService<MailSettings>().From, provider.GetRequiredService<MailSettings>().Shop));
        services.AddSingleton<ReceiptReport>();
        services.AddSingleton<ReceiptOutbox>();
        services.AddKeyedSingleton(Name, (provider, _) => new MailDelivery(
            provider.GetRequiredService<ReceiptOutbox>(),
            provider.GetRequiredService<IMailTransport>(),
            provider.GetRequiredService<IOptions<TransactionsOptions>>().Value.ReceiptPacing,
            provider.GetRequiredService<TransactionsSignals>().ReceiptDue,
            provider.GetRequiredService<ReceiptReport>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StuckReceiptStore(DatabaseOf(provider)));
        services.AddSingleton<StuckReceipts>();
    }

    private static void AddShopSettings(this ServiceApplicationBuilder builder)
    {
        var currency = new SettingFormat("the three letters of a currency in ISO 4217, such as EUR", value => value.Length == 3 && value.All(char.IsAsciiLetterUpper));
        builder.AddSetting("SHOP_CURRENCY", "Currency of all prices.", "EUR", currency);
        builder.Services.AddSingleton(provider => ShopSettings.Read(provider.GetRequiredService<IConfiguration>()));
    }

    private static SettingFormat WebAddress() => new(
        "an address such as https://shop.example",
        value => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");

    private static Database DatabaseOf(IServiceProvider services) => services.GetRequiredKeyedService<Database>(Name);
}
