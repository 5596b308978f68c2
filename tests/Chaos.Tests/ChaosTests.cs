using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Chaos.Tests;

/// <summary>Processes are killed while customers buy, and the books balance afterwards. docs/chaos-tests.md says what that means.</summary>
public sealed class ChaosTests
{
    [Fact]
    public Task Kills_at_random_moments_the_books_balance()
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        Assert.SkipWhen(MailServer.SkipReason is not null, MailServer.SkipReason ?? "");
        return new ChaosRun(ChaosOptions.FromEnvironment(), new Diary()).RunAsync(TestContext.Current.CancellationToken);
    }
}
