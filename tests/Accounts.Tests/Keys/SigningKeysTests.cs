using BooksForYou.Accounts.Keys;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Accounts.Tests.Keys;

public class SigningKeysTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Start_of_three_replicas_at_once_makes_one_key_that_all_of_them_know(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 3);

        var keys = await Task.WhenAll(running.Clients.Select(async client => Assert.Single((await client.ListSigningKeysAsync(new ListSigningKeysRequest())).Keys)));

        Assert.Single(keys.Distinct());
        Assert.Equal((32, 32), (keys[0].X.Length, keys[0].Y.Length));
        Assert.Equal(1, await running.ScalarAsync<long>("SELECT COUNT(*) FROM signing_key"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Rotation_publishes_the_next_key_before_it_signs_and_the_old_one_until_its_tokens_end(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 2);
        var keys = running.Get<SigningKeys>();
        var first = (await keys.CurrentAsync(default)).KeyId;

        running.Time.Advance(TimeSpan.FromDays(30) - SigningKeys.Lead - TimeSpan.FromMinutes(1));
        await TendAsync(running);
        Assert.Single(await keys.PublicAsync(default));
        running.Time.Advance(TimeSpan.FromMinutes(1));
        await TendAsync(running);
        Assert.Equal([first], [(await keys.CurrentAsync(default)).KeyId]);
        var published = (await keys.PublicAsync(default)).Select(key => key.KeyId).ToList();
        Assert.Equal(2, published.Count);

        running.Time.Advance(SigningKeys.Lead - TimeSpan.FromSeconds(20));
        var old = running.Shop;
        running.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(published[1], (await keys.CurrentAsync(default)).KeyId);
        var fresh = running.Shop;

        // Both verify at each replica, which has learnt of the second key by itself.
        foreach (var client in running.Clients)
        {
            await client.ListMailConsentsAsync(new ListMailConsentsRequest(), old);
            await client.ListMailConsentsAsync(new ListMailConsentsRequest(), fresh);
        }

        running.Time.Advance(TimeSpan.FromMinutes(59));
        await TendAsync(running);
        await running.Client.ListMailConsentsAsync(new ListMailConsentsRequest(), old);
        running.Time.Advance(TimeSpan.FromMinutes(1));
        await StatusAssert.FailsAsync(StatusCode.Unauthenticated, running.Client.ListMailConsentsAsync(new ListMailConsentsRequest(), old));
        running.Time.Advance(TimeSpan.FromMinutes(6));
        await TendAsync(running);
        running.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([published[1]], (await keys.PublicAsync(default)).Select(key => key.KeyId));
        await running.Client.ListMailConsentsAsync(new ListMailConsentsRequest(), running.Shop);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Rotate_at_several_replicas_at_once_makes_one_next_key(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, replicas: 3);

        var times = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => running.Get<SigningKeys>(index % 3).RotateAsync(default)));

        Assert.Single(times.Distinct());
        Assert.Equal(2, await running.ScalarAsync<long>("SELECT COUNT(*) FROM signing_key"));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Keys_with_a_password_are_encrypted_in_the_database_and_another_password_ends_the_start(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine, 1, "--accounts-key-password", "a password for keys");
        var kept = await running.ScalarAsync<string>("SELECT private_key FROM signing_key");

        Assert.Contains("BEGIN ENCRYPTED PRIVATE KEY", kept, StringComparison.Ordinal);
        await running.RegisterAsync("ada@reader.example");
        var exception = await Assert.ThrowsAsync<StartException>(() => running.AddReplicaAsync("--accounts-key-password", "another password"));
        Assert.Contains("ACCOUNTS_KEY_PASSWORD", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another password", exception.Message, StringComparison.Ordinal);
        await running.AddReplicaAsync("--accounts-key-password", "a password for keys");
    }

    [Fact]
    public async Task IssueServiceToken_wants_the_secret_of_the_store()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        var secret = running.Get<ServiceSecret>().Value;

        await StatusAssert.FailsAsync(
            StatusCode.Unauthenticated,
            running.Client.IssueServiceTokenAsync(new IssueServiceTokenRequest { Service = "Cart", Secret = secret[..^1] + "x" }));
        await StatusAssert.FailsForFieldsAsync(
            ["service"], running.Client.IssueServiceTokenAsync(new IssueServiceTokenRequest { Service = "Cart:1", Secret = secret }));
        var token = (await running.Client.IssueServiceTokenAsync(new IssueServiceTokenRequest { Service = "Cart", Secret = secret })).Token;

        Assert.InRange(token.ExpireTime.ToDateTimeOffset() - running.Time.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task IssueVisitorToken_is_for_the_visitor_who_is_named_and_nothing_more()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);
        var visitor = SecretHash.NewSecret();

        var token = (await running.Client.IssueVisitorTokenAsync(new IssueVisitorTokenRequest { VisitorId = visitor }, running.Shop)).Token;

        var claims = TokenClaims.Read(System.Buffers.Text.Base64Url.DecodeFromChars(token.Value.Split('.')[1]))!;
        Assert.Equal((visitor, "visitor", ""), (claims.Subject, claims.RoleName, claims.Name));
        await StatusAssert.FailsAsync(StatusCode.PermissionDenied, running.Client.GetProfileAsync(new GetProfileRequest(), RunningAccounts.As(token)));
        foreach (var wrong in new[] { "account:0123456789012345678901", "short", new string('a', 65), "service:Marketplace-------" })
        {
            await StatusAssert.FailsForFieldsAsync(
                ["visitor_id"], running.Client.IssueVisitorTokenAsync(new IssueVisitorTokenRequest { VisitorId = wrong }, running.Shop));
        }
    }

    private static Task TendAsync(RunningAccounts running) => Task.WhenAll(Enumerable.Range(0, 2).Select(index => running.Get<SigningKeys>(index).TendAsync(default)));
}
