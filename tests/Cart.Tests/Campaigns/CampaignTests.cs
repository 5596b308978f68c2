using System.Diagnostics;
using BooksForYou.Cart.Campaigns;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Campaign = BooksForYou.Contracts.Cart.V1.Campaign;

namespace BooksForYou.Cart.Tests.Campaigns;

public sealed class CampaignTests
{
    private static readonly StartCampaignRequest Summer = new() { CampaignId = "summer", PromotionId = "buy-two-get-one-free" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task StartCampaign_mails_each_customer_who_agreed_and_has_not_used_the_promotion_once(DatabaseDialect engine)
    {
        await using var accounts = await AccountsStandIn.StartAsync();
        await using var store = await Store.StartAsync(engine, options: ["--accounts-host", accounts.Host]);
        accounts.Consents.AddRange(["account:a", "account:b", "account:c", "account:d", "account:e"]);
        store.Transactions.UsedElsewhere.Add("account:b");

        var started = (await store.Client.StartCampaignAsync(Summer, cancellationToken: Token)).Campaign;
        var done = await UntilDoneAsync(store);
        await store.Client.StartCampaignAsync(Summer, cancellationToken: Token);

        Assert.Equal("Buy two, get one free", started.Subject);
        Assert.NotEqual("", started.Text);
        Assert.Equal((5, 5, 4), (done.Consents, done.Seen, done.Queued));
        Assert.Equal(["account:a", "account:c", "account:d", "account:e"], accounts.MailedTo("summer"));
        Assert.Equal([done], (await store.Client.ListCampaignsAsync(new ListCampaignsRequest(), cancellationToken: Token)).Campaigns);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Campaign_process_dies_after_mails_are_queued_the_next_one_carries_it_on(DatabaseDialect engine)
    {
        await using var accounts = await AccountsStandIn.StartAsync();
        await using var store = await Store.StartAsync(engine, options: ["--accounts-host", accounts.Host, "--cart-lease", "00:05:00"]);
        var other = await store.AddCartAsync(options: ["--accounts-host", accounts.Host]);
        accounts.Consents.AddRange(Enumerable.Range(0, 7).Select(number => $"account:{number}"));
        var (stopped, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var pages = 0;
        accounts.AfterQueue = () =>
        {
            if (Interlocked.Increment(ref pages) != 2)
            {
                return Task.CompletedTask;
            }

            stopped.SetResult();
            return goOn.Task;
        };
        await store.Client.StartCampaignAsync(Summer, cancellationToken: Token);
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);

        // Its mails of the second page are in the outbox, and that is not written anywhere.
        store.Time.Advance(TimeSpan.FromMinutes(6));
        await other.Services.GetRequiredService<CampaignWorker>().WorkOffAsync(Token);

        var done = await UntilDoneAsync(store);
        Assert.Equal((7, 7, 7), (done.Consents, done.Seen, done.Queued));
        Assert.Equal(accounts.Consents, accounts.MailedTo("summer"));

        // The first one comes back, and finds that it can change nothing.
        goOn.SetResult();
        await store.Cart.Logs.WaitForAsync(line => line.Event == "CampaignLeaseLost");
        Assert.Equal(done, await FindAsync(store));
    }

    [Fact]
    public async Task Campaign_accounts_away_is_carried_on_when_it_is_back()
    {
        await using var accounts = await AccountsStandIn.StartAsync();
        await using var store = await Store.StartAsync(
            DatabaseDialect.Sqlite, options: ["--accounts-host", accounts.Host, "--cart-recovery-interval", "00:00:00.05"]);
        accounts.Consents.Add("account:a");
        accounts.AfterQueue = () => throw new ServiceKit.Errors.UnavailableException("down");
        using var spans = new SpanCollector("BooksForYou.ServiceKit");
        using var visit = new Activity("visit").Start();
        await store.Client.StartCampaignAsync(Summer, cancellationToken: Token);
        visit.Stop();
        await store.Cart.Logs.WaitForAsync(line => line.Event == "CampaignPutOff");

        accounts.AfterQueue = () => Task.CompletedTask;

        Assert.Equal(1, (await UntilDoneAsync(store)).Queued);
        await spans.WaitForAsync(span => span.OperationName == "carry on campaign" && span.TraceId == visit.TraceId, Token);
    }

    [Fact]
    public async Task StartCampaign_what_cannot_be_is_refused()
    {
        await using var accounts = await AccountsStandIn.StartAsync();
        await using var store = await Store.StartAsync(DatabaseDialect.Sqlite, options: ["--accounts-host", accounts.Host]);
        var wrong = new StartCampaignRequest { CampaignId = "a b", PromotionId = "unknown", Subject = "a\r\nBcc: b", Text = "a\0" };

        await StatusAssert.FailsForFieldsAsync(
            ["campaign_id", "subject", "text"], store.Client.StartCampaignAsync(wrong, cancellationToken: Token));
        await StatusAssert.FailsAsync(StatusCode.NotFound, store.Client.StartCampaignAsync(
            new StartCampaignRequest { CampaignId = "a", PromotionId = "unknown" }, cancellationToken: Token));
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, store.Client.GetCampaignAsync(new GetCampaignRequest { CampaignId = "none" }, cancellationToken: Token));

        await store.Client.StartCampaignAsync(Summer, cancellationToken: Token);
        var other = Summer.Clone();
        other.Subject = "Another subject";
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, store.Client.StartCampaignAsync(other, cancellationToken: Token));
    }

    private static async Task<Campaign> FindAsync(Store store) =>
        (await store.Client.GetCampaignAsync(new GetCampaignRequest { CampaignId = Summer.CampaignId }, cancellationToken: Token)).Campaign;

    private static async Task<Campaign> UntilDoneAsync(Store store)
    {
        while (true)
        {
            if (await FindAsync(store) is { Done: true } done)
            {
                return done;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }
}
