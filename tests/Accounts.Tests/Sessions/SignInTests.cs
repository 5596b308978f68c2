using System.Diagnostics;
using BooksForYou.Accounts.Limits;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.Sessions;

public class SignInTests
{
    private const string Email = "ada@reader.example";
    private const string Wrong = "this is not the password";

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SignIn_gives_a_new_session_each_time_and_the_address_has_no_case(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var first = await running.RegisterAsync(Email);

        var second = await running.SignInAsync("ADA@READER.EXAMPLE");

        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Equal(43, second.Secret.Length);
        Assert.Equal(first.Profile, second.Profile);
        await running.RefreshAsync(first);
        Assert.Equal(0, await running.ScalarAsync<long>($"SELECT COUNT(*) FROM session WHERE secret_hash IN ('{first.Secret}', '{second.Secret}')"));
    }

    [Fact]
    public async Task SignIn_unknown_address_and_wrong_password_are_answered_the_same()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        await running.RegisterAsync(Email);

        var wrong = await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn(Email, Wrong), running.Shop));
        var unknown = await StatusAssert.FailsAsync(
            StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn("bob@reader.example", Wrong), running.Shop));

        Assert.Equal(wrong.Status, unknown.Status);
    }

    [Fact]
    public async Task SignIn_unknown_address_and_wrong_password_take_the_same_time()
    {
        const int Tries = 200;
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite, 1, "--accounts-password-iterations", "12000");
        await running.RegisterAsync(Email);
        var shop = running.Shop;
        async Task<double> TimeAsync(string email)
        {
            var started = Stopwatch.GetTimestamp();
            await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn(email, Wrong), shop));
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

        var (ratio, report) = (1.0, "");
        for (var round = 0; round < 2; round++)
        {
            var (unknown, wrong) = (new List<double>(), new List<double>());
            for (var index = 0; index < Tries; index++)
            {
                var unknownFirst = index % 2 == 0;
                unknown.AddRange(unknownFirst ? [await TimeAsync("bob@reader.example")] : []);
                wrong.Add(await TimeAsync(Email));
                unknown.AddRange(unknownFirst ? [] : [await TimeAsync("bob@reader.example")]);
            }

            ratio = Median(unknown) / Median(wrong);
            report = $"{Median(unknown):0.000} ms for an unknown address, {Median(wrong):0.000} ms for a wrong password";
            TestContext.Current.TestOutputHelper?.WriteLine(report);
            if (ratio is > 0.95 and < 1.05)
            {
                break;
            }
        }

        Assert.True(ratio is > 0.95 and < 1.05, report);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SignIn_pauses_for_an_account_grow_to_a_minute_and_end_known_or_not(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, 2, "--accounts-tries-per-account", "3");
        await running.RegisterAsync(Email);
        foreach (var email in new[] { Email, "nobody@reader.example" })
        {
            var pauses = new List<double>();
            for (var index = 0; index < 12; index++)
            {
                // Each time from somewhere else, and at another replica.
                var request = RunningAccounts.SignIn(email, Wrong, $"192.0.2.{index}");
                await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Clients[index % 2].SignInAsync(request, running.Shop));
                pauses.Add(await PauseAsync(running, email));
            }

            Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
        }

        // The owner's success forgets what others have done; the address without an account is still remembered.
        await running.SignInAsync(Email);
        Assert.Equal(1, await running.ScalarAsync<long>("SELECT COUNT(*) FROM recent_try WHERE subject LIKE 'account:%'"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SignIn_twenty_guesses_at_once_get_no_further_than_one_after_the_other(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, 2, "--accounts-tries-per-account", "4");
        await running.RegisterAsync(Email);
        var shop = running.Shop;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async index => (await Assert.ThrowsAsync<RpcException>(
            () => running.Clients[index % 2].SignInAsync(RunningAccounts.SignIn(Email, Wrong), shop).ResponseAsync)).StatusCode));

        // Four are free, and a pause of a second follows the fifth, in which a slow machine may get to a sixth.
        var looked = answers.Count(code => code == StatusCode.Unauthenticated);
        Assert.InRange(looked, 5, 6);
        Assert.Equal(20 - looked, answers.Count(code => code == StatusCode.ResourceExhausted));
    }

    [Fact]
    public async Task SignIn_pauses_for_a_network_address_grow_to_a_quarter_of_an_hour_and_touch_nobody_else()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite, 1, "--accounts-tries-per-address", "1");
        await running.RegisterAsync(Email);
        var longest = TimeSpan.Zero;
        for (var index = 0; index < 12; index++)
        {
            var shop = running.Shop;
            await StatusAssert.FailsAsync(
                StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn($"reader{index}@reader.example", Wrong), shop));
            if (index > 0)
            {
                var refused = await StatusAssert.FailsAsync(
                    StatusCode.ResourceExhausted, running.Client.SignInAsync(RunningAccounts.SignIn("bob@reader.example", Wrong), shop));
                var pause = refused.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan();
                longest = pause > longest ? pause : longest;
                running.Time.Advance(pause);
            }
        }

        Assert.InRange(longest, TimeSpan.FromMinutes(14.9), TimeSpan.FromMinutes(15));
        await running.Client.SignInAsync(RunningAccounts.SignIn(Email, address: "192.0.2.2"), running.Shop);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task SignIn_with_more_iterations_than_before_hashes_anew_once(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await running.RegisterAsync(Email);
        await running.AddReplicaAsync("--accounts-password-iterations", "2000");
        Task<string?> HashAsync() => running.ScalarAsync<string>("SELECT password_hash FROM account");
        var before = await HashAsync();

        await running.Clients[1].SignInAsync(RunningAccounts.SignIn(Email), running.Shop);
        var after = await HashAsync();
        await running.Clients[1].SignInAsync(RunningAccounts.SignIn(Email), running.Shop);

        Assert.NotEqual(before, after);
        Assert.Equal(after, await HashAsync());
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Clients[1].SignInAsync(RunningAccounts.SignIn(Email, Wrong), running.Shop));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Sweep_deletes_tries_of_more_than_an_hour_ago(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.SignInAsync(RunningAccounts.SignIn(Email, Wrong), running.Shop));
        var store = running.Get<TryStore>();
        Assert.Equal(0, await store.SweepAsync(running.Time.GetUtcNow(), default));

        Assert.Equal(2, await store.SweepAsync(running.Time.GetUtcNow() + TimeSpan.FromMinutes(61), default));
        Assert.Equal(0, await running.ScalarAsync<long>("SELECT COUNT(*) FROM recent_try"));
    }

    // The pause that the last try has brought, in seconds; it is over when this returns.
    private static async Task<double> PauseAsync(RunningAccounts running, string email)
    {
        var pause = await running.ScalarAsync<long>(
            "SELECT CASE WHEN blocked_until > 0 THEN blocked_until - last_at ELSE 0 END FROM recent_try WHERE subject LIKE 'account:%' ORDER BY last_at DESC LIMIT 1");

        // A slow machine takes longer for a call than the first pauses are.
        if (pause > 10_000)
        {
            var refused = await StatusAssert.FailsAsync(
                StatusCode.ResourceExhausted, running.Client.SignInAsync(RunningAccounts.SignIn(email, address: "198.51.100.1"), running.Shop));
            Assert.InRange(refused.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromMilliseconds(pause));
        }

        running.Time.Advance(TimeSpan.FromMilliseconds(pause));
        return pause / 1000.0;
    }
}
