using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.TestGateway;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace BooksForYou.Transactions.Tests;

public class StartTests
{
    [Fact]
    public async Task Start_with_test_gateway_inside_and_no_settings_sells()
    {
        var accounts = await TestAccounts.SharedAsync();
        var folder = Directory.CreateTempSubdirectory("booksforyou-inside-").FullName;
        await using (var app = Build(["--data-dir", folder, "--test-gateway-port", "0", "--accounts-host", accounts.Host], withGateway: true))
        {
            await app.StartAsync();
            using var channel = GrpcChannel.ForAddress(app.GrpcAddress);

            var answer = await new TransactionsService.TransactionsServiceClient(channel.Intercept(accounts.AsWhoeverMay())).ChargeAsync(Requests.Charge());

            Assert.Equal(OrderState.Paid, answer.Order.State);
            Assert.True(File.Exists(Path.Combine(folder, "transactions.db")));
            Assert.True(File.Exists(Path.Combine(folder, "test-gateway.jsonl")));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_with_another_gateway_leaves_the_test_gateway_out()
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-outside-").FullName;
        await using (var app = Build(["--data-dir", folder, "--test-gateway-port", "0", "--payment-gateway-url", "https://gateway.example"], withGateway: true))
        {
            await app.StartAsync();

            Assert.False(File.Exists(Path.Combine(folder, "test-gateway.jsonl")));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("SHOP_CURRENCY", "--shop-currency", "euro")]
    [InlineData("SHOP_ADDRESS", "--shop-address", "shop.example")]
    [InlineData("PAYMENT_GATEWAY_URL", "--payment-gateway-url", "gateway")]
    [InlineData("SMTP_TLS", "--smtp-tls", "ssl")]
    [InlineData("SMTP_PORT", "--smtp-port", "smtp")]
    [InlineData("MAIL_FROM", "--mail-from", "me")]
    [InlineData("Transactions:GatewayTimeout", "--transactions-gateway-timeout", "soon")]
    [InlineData("Transactions:ReceiptAttempts", "--transactions-receipt-attempts", "0")]
    [InlineData("Transactions:DefaultTaxRate", "--transactions-default-tax-rate", "10001")]
    public async Task Start_setting_that_cannot_be_is_named(string setting, string option, string value)
    {
        await using var app = Build([option, value]);

        var exception = await Assert.ThrowsAsync<StartException>(() => app.StartAsync());

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL_FROM", "--smtp-host", "mail.example")]
    [InlineData("SMTP_PASSWORD", "--smtp-host", "mail.example", "--mail-from", "shop@books.test", "--smtp-user", "shop")]
    [InlineData("SMTP_TLS", "--smtp-host", "mail.example", "--mail-from", "shop@books.test", "--smtp-user", "shop", "--smtp-password", "p", "--smtp-tls", "none")]
    public async Task Start_mail_settings_that_do_not_go_together_end_it(string setting, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("booksforyou-mail-settings-").FullName;
        await using (var app = Build(["--data-dir", folder, .. settings]))
        {
            var exception = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());

            Assert.Contains(setting, exception.ToString(), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Transactions:TaxRates:de", "700")]
    [InlineData("Transactions:TaxRates:DE", "-1")]
    public async Task Start_tax_rate_that_cannot_be_is_named(string setting, string value)
    {
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0"]);
        builder.Configuration[setting] = value;
        builder.AddTransactions();
        await using var app = builder.Build();

        var exception = await Assert.ThrowsAsync<StartException>(() => app.StartAsync());

        Assert.Contains("Transactions:TaxRates", exception.Message, StringComparison.Ordinal);
    }

    private static ServiceApplication Build(string[] settings, bool withGateway = false)
    {
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", .. settings]);
        builder.AddTransactions();
        if (withGateway)
        {
            builder.AddTestGateway();
        }

        var app = builder.Build();
        app.MapTransactions();
        return app;
    }
}
