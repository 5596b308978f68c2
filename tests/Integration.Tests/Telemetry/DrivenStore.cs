using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Cart.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>A store in one process that somebody has used for whatever it measures, and that was stopped then: all that it told is there.</summary>
public sealed partial class DrivenStore : IAsyncLifetime
{
    private const string Email = "augusta.byron@example.com";
    private const string Stranger = "somebody.else@example.com";
    private const string Name = "Augusta Byron";
    private const string Password = "nine clever owls at noon";
    private const string Card = "4242424242424242";

    private const int ShortestSecret = 16;

    private readonly string _secret = RandomNumberGenerator.GetHexString(40);
    private OtlpCollector _collector = null!;

    /// <summary>What nobody may find in logs, spans and metrics.</summary>
    internal static IReadOnlyList<string> Personal { get; } =
        [Email, Stranger, Name, "Byron", "augusta", Password, Card, "4242 4242", "ada@example.com", "Lovelace", "St James", "SW1Y", "wrong-password"];

    /// <summary>The secrets that came up: tokens, cookies, links in mails.</summary>
    internal List<string> Secrets { get; } = [];

    /// <summary>All metrics.</summary>
    internal IReadOnlyList<OtlpMetric> Metrics { get; private set; } = [];

    /// <summary>All spans.</summary>
    internal IReadOnlyList<OtlpSpan> Spans { get; private set; } = [];

    /// <summary>All log entries.</summary>
    internal IReadOnlyList<JsonLog.Entry> Log { get; private set; } = [];

    /// <summary>Everything that was exported or logged, as text.</summary>
    internal string Told { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync(HttpProtocols.Http2);
        await using var store = await Store.StartAllInOneAsync(
            "--otel-exporter-otlp-endpoint", _collector.Address, "--log-level", "Debug",
            "--service-secret", _secret, "--accounts-password-iterations", "1000", "--accounts-tries-per-account", "1");
        await UseAsync(store);
        await store.StopAsync("AllInOne");
        Metrics = OtlpMetric.Read(_collector);
        Spans = OtlpSpan.Read(_collector);
        Log = JsonLog.Read(store["AllInOne"]);
        Told = store["AllInOne"].Output + string.Concat(_collector.Items.Select(export => export.Content));
    }

    public ValueTask DisposeAsync() => _collector.DisposeAsync();

    private async Task UseAsync(Store store)
    {
        using var handler = new HttpClientHandler();
        using var web = new HttpClient(handler) { BaseAddress = store.Web.BaseAddress };
        var shopper = new Shopper(web);
        await shopper.RegisterAsync(Email, Name, Password);
        await ConfirmAndCampaignAsync(store);
        foreach (var path in new[] { "/", "/search?q=falcon", "/books/1", "/no-such-page", "/categories/science-fiction" })
        {
            using var page = await web.GetAsync(path, Cancellation);
        }

        await shopper.AddAsync(book: 1, copies: 2);
        using (await shopper.PayAsync(await shopper.FillCheckoutAsync("4000000000000002")))
        using (await shopper.PayAsync(await shopper.FillCheckoutAsync(Card)))
        {
            await store["AllInOne"].WaitForOutputAsync("\"event\":\"ReceiptSent\"");
        }

        Secrets.AddRange(handler.CookieContainer.GetAllCookies().Select(cookie => cookie.Value).Where(value => value.Length >= ShortestSecret));
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await new Shopper(store.Web).SignInAsync(Stranger, "wrong-password");
        }

        await shopper.DeleteAccountAsync(Password);
        await store["AllInOne"].WaitForOutputAsync("\"event\":\"OwnersForgotten\"");
    }

    // A mail about offers goes to a confirmed address only.
    private async Task ConfirmAndCampaignAsync(Store store)
    {
        await store["AllInOne"].WaitForOutputAsync("\"event\":\"MailSent\"");
        var mail = Directory.GetFiles(Path.Combine(store.DataFolder, "mail"), "*.eml").Single();
        var link = Link().Match(MimeReader.Read(await File.ReadAllTextAsync(mail, Cancellation)).Text).Groups[1].Value;
        var accounts = new AccountsService.AccountsServiceClient(store.ChannelTo("Accounts"));
        var issued = await accounts.IssueServiceTokenAsync(
            new IssueServiceTokenRequest { Service = "Test", Secret = _secret }, cancellationToken: Cancellation);
        Secrets.AddRange([link, issued.Token.Value, _secret]);
        var headers = new Metadata { { "authorization", $"Bearer {issued.Token.Value}" } };
        await accounts.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, headers, cancellationToken: Cancellation);
        await new CartService.CartServiceClient(store.ChannelTo("Cart")).StartCampaignAsync(
            new StartCampaignRequest { CampaignId = "telemetry", PromotionId = "buy-two-get-one-free" }, headers, cancellationToken: Cancellation);
        await store["AllInOne"].WaitForOutputAsync("\"event\":\"CampaignDone\"");
    }

    [GeneratedRegex(@"confirm\?link=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
