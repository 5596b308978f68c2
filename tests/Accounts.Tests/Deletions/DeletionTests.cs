using BooksForYou.Accounts.Deletions;
using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using Npgsql;

namespace BooksForYou.Accounts.Tests.Deletions;

public class DeletionTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task DeleteAccount_leaves_nothing_of_its_owner_and_followers_learn_of_it(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        using var feed = running.Clients[1].FollowDeletions(new FollowDeletionsRequest(), running.Shop);
        Assert.Equal(("", true), await NextAsync(feed));
        var sessions = new List<Session>();
        for (var index = 0; index < 3; index++)
        {
            sessions.Add(await running.RegisterAsync($"reader{index}@reader.example"));
        }

        await StatusAssert.FailsAsync(
            StatusCode.PermissionDenied,
            running.Client.DeleteAccountAsync(new DeleteAccountRequest { Password = "not this one at all" }, RunningAccounts.As(sessions[0])));
        foreach (var session in sessions)
        {
            await running.Client.DeleteAccountAsync(new DeleteAccountRequest { Password = RunningAccounts.Password }, RunningAccounts.As(session));
        }

        var cursors = new List<string>();
        foreach (var session in sessions)
        {
            Assert.Equal(session.Profile.AccountId, (await NextAsync(feed)).AccountId);
            cursors.Add(feed.ResponseStream.Current.Cursor);
        }

        using var resumed = running.Client.FollowDeletions(new FollowDeletionsRequest { Cursor = cursors[1] }, running.Shop);
        Assert.Equal((sessions[2].Profile.AccountId, true), await NextAsync(resumed));
        await running.IsOverAsync(sessions[0]);
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.GetProfileAsync(new GetProfileRequest(), RunningAccounts.As(sessions[0])));
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, running.Client.GetContactAsync(new GetContactRequest { AccountId = sessions[0].Profile.AccountId }, running.Shop));
        foreach (var table in new[] { "account", "session", "mail", "mail_link" })
        {
            Assert.Equal(0, await running.ScalarAsync<long>($"SELECT COUNT(*) FROM {table}"));
        }

        await running.RegisterAsync("reader0@reader.example");
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task DeleteAccount_of_two_admins_at_once_leaves_one(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        await running.RegisterAsync("ada@reader.example");
        await running.RegisterAsync("bob@reader.example");
        await running.ExecuteAsync("UPDATE account SET admin = TRUE");
        Session[] admins = [await running.SignInAsync("ada@reader.example"), await running.SignInAsync("bob@reader.example")];

        var outcomes = await Task.WhenAll(admins.Select(async (admin, index) =>
        {
            try
            {
                await running.Clients[index].DeleteAccountAsync(new DeleteAccountRequest { Password = RunningAccounts.Password }, RunningAccounts.As(admin));
                return StatusCode.OK;
            }
            catch (RpcException exception)
            {
                return exception.StatusCode;
            }
        }));

        Assert.Equal([StatusCode.OK, StatusCode.FailedPrecondition], outcomes.Order());
        Assert.Equal(1, await running.ScalarAsync<long>("SELECT COUNT(*) FROM account"));
    }

    [Fact]
    public async Task Read_deletions_that_commit_out_of_sequence_are_not_skipped()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.PostgreSql, typeof(AccountsModule).Assembly);
        var (accounts, deletions) = (new AccountStore(test.Database), new DeletionStore(test.Database));
        var account = new Account { AccountId = "account:late", Email = "a@b.example", EmailFolded = "a@b.example", Name = "A", CreatedAt = DateTimeOffset.UtcNow };
        await accounts.AddAsync(account, default);

        // The first writer takes its number and its transaction first, and commits last.
        await using var slow = new NpgsqlConnection(test.ConnectionString);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await slow.ExecuteAsync("INSERT INTO account_deletion (account_id, deleted_at) VALUES ('account:early', now())", transaction: transaction);
        await accounts.DeleteAsync(account.AccountId, DateTimeOffset.UtcNow, default);
        var meanwhile = await deletions.ReadAsync(default, 100, default);
        await transaction.CommitAsync();

        Assert.Empty(meanwhile.Events);
        Assert.False(meanwhile.IsLast);
        var afterwards = await ReadAllAsync(deletions);
        Assert.Equal(["account:early", "account:late"], afterwards.Events.Select(deletion => deletion.AccountId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ExportAccount_gives_all_that_there_is(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var session = await running.RegisterConfirmedAsync("ada@reader.example");
        await running.SignInAsync("ada@reader.example");
        await running.Client.QueueCampaignMailAsync(Mails.CampaignTests.Campaign([session.Profile.AccountId]), running.Shop);
        await running.Log.WaitForAsync(2, line => line.Event == "MailSent");
        await running.ExecuteAsync("UPDATE mail SET state = 'SENT', sent_at = created_at WHERE kind = 'CAMPAIGN'");

        var export = await running.Client.ExportAccountAsync(new ExportAccountRequest(), RunningAccounts.As(session));

        Assert.Equal(session.Profile.AccountId, export.Profile.AccountId);
        Assert.Equal(2, export.Sessions.Count);
        Assert.Single(export.CampaignMailTimes);
        var contact = await running.Client.GetContactAsync(new GetContactRequest { AccountId = session.Profile.AccountId }, running.Shop);
        Assert.Equal(("ada@reader.example", true), (contact.Email, contact.EmailConfirmed));
    }

    private static async Task<(string AccountId, bool CaughtUp)> NextAsync(AsyncServerStreamingCall<FollowDeletionsResponse> feed)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.True(await feed.ResponseStream.MoveNext(limit.Token));
        return (feed.ResponseStream.Current.AccountId, feed.ResponseStream.Current.CaughtUp);
    }

    // Another database of the same server may have a transaction running that is older.
    private static async Task<DeletionPage> ReadAllAsync(DeletionStore deletions)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var page = await deletions.ReadAsync(default, 100, limit.Token);
        while (!page.IsLast)
        {
            await timer.WaitForNextTickAsync(limit.Token);
            page = await deletions.ReadAsync(default, 100, limit.Token);
        }

        return page;
    }
}
