using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Chaos.Tests;

/// <summary>Processes are killed while customers buy, and the books balance afterwards. docs/chaos-tests.md says what that means.</summary>
public sealed class ChaosTests
{
    [Fact]
    public Task Kills_for_half_a_minute_the_books_balance() => RunAsync(ChaosOptions.Short());

    [Fact(Explicit = true)]
    public Task Kills_by_the_hundred_the_books_balance() => RunAsync(ChaosOptions.Long());

    private static Task RunAsync(ChaosOptions options)
    {
        Assert.SkipWhen(PostgresServer.SkipReason is not null, PostgresServer.SkipReason ?? "");
        Assert.SkipWhen(MailServer.SkipReason is not null, MailServer.SkipReason ?? "");
        return new ChaosRun(options, new Diary()).RunAsync(TestContext.Current.CancellationToken);
    }
}
