using System.Security.Cryptography;
using BooksForYou.Marketplace.Web;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.Tests;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Replicas of the shop that share a secret and nothing else: no folder, no database.</summary>
public sealed class FormKeysTests
{
    /// <summary>What the page says to a form whose token it cannot open.</summary>
    private const string Stale = "That form has gone stale";

    /// <summary>What it says to one that it has opened, and that lacks what has to be filled in.</summary>
    private const string Opened = "Please check this";

    private static readonly string Secret = RandomNumberGenerator.GetHexString(64);

    [Fact]
    public async Task Form_of_one_replica_is_taken_by_another_with_the_same_secret()
    {
        await using var first = await Shop.StartAsync(null, "--form-secret", Secret);
        await using var second = await Shop.StartAsync(null, "--form-secret", Secret);
        await using var stranger = await Shop.StartAsync(null, "--form-secret", RandomNumberGenerator.GetHexString(64));

        Assert.Contains(Opened, await SendFormAsync(first, second), StringComparison.Ordinal);
        Assert.Contains(Stale, await SendFormAsync(first, stranger), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FORM_SECRET_leaves_no_keys_on_disk()
    {
        var data = Directory.CreateTempSubdirectory("booksforyou-");
        await using (var shop = await Shop.StartAsync(null, "--form-secret", Secret, "--data-dir", data.FullName))
        {
            shop.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a form").Protect("its token");
        }

        Assert.Empty(data.GetFiles("key-*.xml", SearchOption.AllDirectories));
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task FORM_SECRET_that_is_too_short_ends_the_start()
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => Shop.StartAsync(null, "--form-secret", "short"));

        Assert.Contains("FORM_SECRET", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\"short\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetAllKeys_after_a_period_has_the_key_of_before_and_the_next_one()
    {
        var time = new ManualTime();
        var keys = new FormKeys(Secret, time, NullLoggerFactory.Instance);
        var before = keys.GetAllKeys();
        time.Advance(TimeSpan.FromDays(90));

        var after = keys.GetAllKeys();

        Assert.Equal(3, after.Count);
        Assert.Equal(2, before.Select(key => key.KeyId).Intersect(after.Select(key => key.KeyId)).Count());
        Assert.Single(after, key => key.ActivationDate <= time.GetUtcNow() && key.ExpirationDate > time.GetUtcNow());
    }

    [Fact]
    public void GetAllKeys_of_one_secret_at_another_replica_are_the_same_and_of_another_secret_others()
    {
        var time = new ManualTime();
        var keys = Ids(Secret);

        Assert.Equal(keys, Ids(Secret));
        Assert.Empty(keys.Intersect(Ids(RandomNumberGenerator.GetHexString(64))));

        List<Guid> Ids(string secret) => [.. new FormKeys(secret, time, NullLoggerFactory.Instance).GetAllKeys().Select(key => key.KeyId)];
    }

    /// <summary>Loads a form at one replica and sends it to another one, as a browser does whose next connection leads elsewhere.</summary>
    private static async Task<string> SendFormAsync(Shop from, Shop to)
    {
        var replica = from;
        using var guest = new Guest(() => replica.Web.BaseAddress!);
        var form = Guest.FieldsOf(await guest.ReadAsync("/sign-in"));
        replica = to;
        using var response = await guest.PostAsync("/sign-in", form);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
