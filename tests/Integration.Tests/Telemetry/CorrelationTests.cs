using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Transactions.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>One id leads from the browser's request through every service, and to what is done with it afterwards.</summary>
public sealed class CorrelationTests
{
    private const string Password = "nine clever owls at noon";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Id_of_the_browsers_request_is_in_every_service_and_in_its_mails_and_feeds()
    {
        await using var collector = await OtlpCollector.StartAsync(HttpProtocols.Http1);
        collector.Timeout = TimeSpan.FromSeconds(60);
        var secret = RandomNumberGenerator.GetHexString(40);
        await using var store = await Store.StartServicesAsync(
            $"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "OTEL_BSP_SCHEDULE_DELAY=200",
            "LOG_LEVEL=Debug",
            "ACCOUNTS__PASSWORDITERATIONS=1000",
            $"SERVICE_SECRET={secret}");
        var shopper = new Shopper(store.Web);

        string registration, purchase, deletion;
        using (var traced = new Traced(store.Web))
        {
            registration = traced.TraceId;
            await shopper.RegisterAsync("ada@example.com", "Ada Lovelace", Password);
        }

        await shopper.AddAsync(book: 1);
        var form = await shopper.FillCheckoutAsync();
        using (var traced = new Traced(store.Web))
        {
            purchase = traced.TraceId;
            using var paid = await shopper.PayAsync(form);
            Assert.StartsWith("/orders/", paid.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        }

        using (var traced = new Traced(store.Web))
        {
            deletion = traced.TraceId;
            await shopper.DeleteAccountAsync(Password);
        }

        await LoggedAsync(store, "Accounts", "MailSent", registration);
        await LoggedAsync(store, "Transactions", "ReceiptSent", purchase);
        foreach (var follower in new[] { "Cart", "Transactions", "Reviews" })
        {
            await LoggedAsync(store, follower, "OwnersForgotten", deletion);
        }

        await SpannedAsync(collector, purchase, ["marketplace", "cart", "inventory", "transactions"], "send mail", ["transactions"]);
        await SpannedAsync(collector, registration, ["marketplace", "accounts"], "send mail", ["accounts"]);
        await SpannedAsync(collector, deletion, ["marketplace", "accounts"], "take in feed", ["cart", "transactions", "reviews"]);
        Assert.Contains(purchase, await FirstOrderEventAsync(store, secret), StringComparison.Ordinal);
    }

    private static async Task LoggedAsync(Store store, string service, string name, string traceId)
    {
        await store[service].WaitForOutputAsync($"\"event\":\"{name}\"");
        Assert.Contains(JsonLog.Read(store[service]), entry => entry.Event == name && entry.TraceId == traceId);
    }

    private static async Task SpannedAsync(OtlpCollector collector, string traceId, string[] services, string later, string[] laterServices)
    {
        string[] expected = [.. services, .. laterServices.Select(service => $"{service}: {later}")];
        await collector.WaitForAsync(
            _ =>
            {
                var spans = OtlpSpan.Read(collector).Where(span => span.TraceId == traceId).ToList();
                return !expected.Except(spans.SelectMany(span => new[] { span.Service, $"{span.Service}: {span.Name}" })).Any();
            },
            Cancellation);
    }

    private static async Task<string> FirstOrderEventAsync(Store store, string secret)
    {
        var accounts = new AccountsService.AccountsServiceClient(store.ChannelTo("Accounts"));
        var issued = await accounts.IssueServiceTokenAsync(
            new IssueServiceTokenRequest { Service = "Test", Secret = secret }, cancellationToken: Cancellation);
        var headers = new Metadata { { "authorization", $"Bearer {issued.Token.Value}" } };
        using var feed = new TransactionsService.TransactionsServiceClient(store.ChannelTo("Transactions"))
            .FollowOrders(new FollowOrdersRequest(), headers, cancellationToken: Cancellation);
        Assert.True(await feed.ResponseStream.MoveNext(Cancellation));
        return feed.ResponseStream.Current.Traceparent;
    }
}
