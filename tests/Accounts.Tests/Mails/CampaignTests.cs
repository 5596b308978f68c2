using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Accounts.Tests.Mails;

public class CampaignTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task QueueCampaignMail_by_two_at_once_gives_each_account_that_agreed_one_mail(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        var agreed = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            agreed.Add((await running.RegisterConfirmedAsync($"reader{index}@reader.example")).Profile.AccountId);
        }

        var refused = (await running.RegisterConfirmedAsync("no@reader.example", mailConsent: false)).Profile.AccountId;
        var unconfirmed = (await running.RegisterAsync("unconfirmed@reader.example", mailConsent: true)).Profile.AccountId;
        var shop = running.Shop;
        var request = Campaign([.. agreed, refused, unconfirmed, "account:unknown", agreed[0]]);

        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(async index => (await running.Clients[index % 2].QueueCampaignMailAsync(request, shop)).Added));

        Assert.Equal(5, added.Sum());
        await running.Log.WaitForAsync(7 + 5, line => line.Event == "MailSent");
        var progress = await UntilSentAsync(running, 5);
        Assert.Equal((0, 5, 0), (progress.Waiting, progress.Sent, progress.Dead));
        Assert.Equal(5, running.Mails.Count(mail => mail.Contains("Subject: Three for two", StringComparison.Ordinal)));
        Assert.Equal(0, (await running.Client.QueueCampaignMailAsync(request, shop)).Added);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Unsubscribe_ends_mails_about_offers_also_those_that_wait_and_its_link_keeps_working(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var session = await running.RegisterConfirmedAsync("ada@reader.example");
        await running.Client.QueueCampaignMailAsync(Campaign([session.Profile.AccountId]), running.Shop);
        var link = await running.LinkAsync(2, "ada@reader.example");

        // Written and not yet taken up when the receiver changes their mind.
        await running.ExecuteAsync("INSERT INTO campaign (campaign_id, subject, body, created_at) VALUES ('next', 'Next', 'Text', @now)", new { now = running.Time.GetUtcNow() });
        await running.ExecuteAsync(
            "INSERT INTO mail (mail_id, account_id, kind, campaign_id, created_at, due_at) VALUES ('waiting', @AccountId, 'CAMPAIGN', 'next', @now, @later)",
            new { session.Profile.AccountId, now = running.Time.GetUtcNow(), later = running.Time.GetUtcNow().AddDays(1) });
        await running.Client.UnsubscribeAsync(new UnsubscribeRequest { Link = link }, running.Shop);
        await running.Client.UnsubscribeAsync(new UnsubscribeRequest { Link = link }, running.Shop);
        running.Time.Advance(TimeSpan.FromDays(366));

        Assert.False((await running.SignInAsync("ada@reader.example")).Profile.MailConsent);
        await UntilAsync(() => running.ScalarAsync<long>("SELECT COUNT(*) FROM mail WHERE state = 'DROPPED'"), 1);
        Assert.DoesNotContain(running.Mails, mail => mail.Contains("Subject: Next", StringComparison.Ordinal));
        Assert.Equal(0, (await running.Client.ListMailConsentsAsync(new ListMailConsentsRequest(), running.Shop)).Total);
        await running.Client.UnsubscribeAsync(new UnsubscribeRequest { Link = link }, running.Shop);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListMailConsents_gives_every_account_once_page_by_page(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var expected = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            expected.Add((await running.RegisterConfirmedAsync($"reader{index}@reader.example")).Profile.AccountId);
        }

        await running.RegisterAsync("unconfirmed@reader.example", mailConsent: true);
        var (seen, pages, token) = (new List<string>(), 0, "");
        do
        {
            var page = await running.Client.ListMailConsentsAsync(new ListMailConsentsRequest { PageSize = 2, PageToken = token }, running.Shop);
            Assert.Equal(5, page.Total);
            seen.AddRange(page.AccountIds);
            token = page.NextPageToken;
            pages++;
        }
        while (token.Length > 0);

        Assert.Equal(expected, seen);
        Assert.Equal(3, pages);
        await StatusAssert.FailsForFieldsAsync(
            ["page_token"], running.Client.ListMailConsentsAsync(new ListMailConsentsRequest { PageToken = "!" }, running.Shop));
    }

    [Fact]
    public async Task QueueCampaignMail_subject_that_would_be_a_header_is_refused()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        var request = Campaign([]);
        request.Subject = "Offer\r\nBcc: everybody@reader.example";

        await StatusAssert.FailsForFieldsAsync(["subject"], running.Client.QueueCampaignMailAsync(request, running.Shop));
    }

    internal static QueueCampaignMailRequest Campaign(IEnumerable<string> accounts) => new()
    {
        CampaignId = "three-for-two",
        Subject = "Three for two",
        Text = "Put three books into your basket.\n\nOne of them is on us.",
        AccountIds = { accounts },
    };

    private static async Task<GetCampaignMailResponse> UntilSentAsync(RunningAccounts running, int count)
    {
        await UntilAsync(async () => (await running.Client.GetCampaignMailAsync(new GetCampaignMailRequest { CampaignId = "three-for-two" }, running.Shop)).Sent, count);
        return await running.Client.GetCampaignMailAsync(new GetCampaignMailRequest { CampaignId = "three-for-two" }, running.Shop);
    }

    // The log tells of a mail that is sent just before the database does.
    private static async Task UntilAsync(Func<Task<long>> read, long expected)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await read() != expected)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
