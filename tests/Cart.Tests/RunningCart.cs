using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Tests;

/// <summary>A process of the service as its Program.cs runs it, on a free port. Its worker is told by the test when to look.</summary>
internal sealed class RunningCart : IAsyncDisposable
{
    /// <summary>What the process proves with that it is a service; the stand-in for Accounts believes everybody.</summary>
    public const string Secret = "the secret of the services of a test";

    private readonly ServiceApplication _application;
    private readonly GrpcChannel _channel;
    private readonly TestAccounts _accounts;
    private bool _isDisposed;

    /// <summary>Who the calls of <see cref="AdaClient"/> come from.</summary>
    public static Caller Ada { get; } = new(Role.Customer, "account:ADAADAADAADAADAADAADAADAAD", "Ada");

    private RunningCart(ServiceApplication application, TestAccounts accounts, LogCollector logs)
    {
        _application = application;
        _accounts = accounts;
        _channel = GrpcChannel.ForAddress(application.GrpcAddress);
        Client = new V1.CartService.CartServiceClient(_channel.Intercept(accounts.AsWhoeverMay()));
        AdaClient = ClientOf(Ada);
        Logs = logs;
    }

    public V1.CartService.CartServiceClient Client { get; }

    /// <summary>A customer's client.</summary>
    public V1.CartService.CartServiceClient AdaClient { get; }

    public LogCollector Logs { get; }

    public IServiceProvider Services => _application.Services;

    public static async Task<RunningCart> StartAsync(
        string database,
        string peers,
        TimeProvider? time = null,
        SaleProbe? probe = null,
        LogLevel logLevel = LogLevel.Information,
        params string[] options)
    {
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(
        [
            "--grpc-port", "0", "--metrics-port", "0", "--cart-database", database, "--inventory-host", peers, "--transactions-host", peers,
            "--accounts-host", accounts.Host, "--service-secret", Secret,
            "--cart-recovery-interval", "00:01:00",

            // Unless it is what a test is about, a busy machine is given all the time it needs.
            "--cart-catalogue-timeout", "00:00:30", "--cart-stock-timeout", "00:01:00", "--cart-payment-timeout", "00:01:00",
            "--cart-answer-timeout", "00:02:00", .. options,
        ]);
        var logs = new LogCollector { Timeout = TimeSpan.FromMinutes(1) };
        builder.Logging.ClearProviders().AddProvider(logs);
        foreach (var category in (string[])["Default", "Microsoft", "Grpc"])
        {
            builder.Configuration[$"Logging:LogLevel:{category}"] = logLevel.ToString();
        }

        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        if (probe is not null)
        {
            builder.Services.AddSingleton(probe);
        }

        builder.AddCart();
        var application = builder.Build();
        application.MapCart();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningCart(application, accounts, logs);
    }

    /// <summary>Lets the worker take over what is stale, and waits until it has done what it can.</summary>
    public async Task RecoverAsync() =>
        await await Services.GetRequiredService<RecoveryWorker>().TakeOverAsync(TestContext.Current.CancellationToken);

    /// <summary>The client of somebody.</summary>
    public V1.CartService.CartServiceClient ClientOf(Caller caller) => new(_channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {_accounts.Token(caller)}");
        return headers;
    }));

    /// <summary>Asks how a sale stands: a visitor's, or else Ada's.</summary>
    public async Task<CheckoutResponse?> FindAnswerAsync(CheckoutRequest request)
    {
        var client = request.VisitorId.Length == 0 ? AdaClient : Client;
        var response = await client.GetSaleAsync(
            new GetSaleRequest { IdempotencyKey = request.IdempotencyKey, VisitorId = request.VisitorId });
        return response.Result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _channel.Dispose();
        await _application.DisposeAsync();
    }
}
