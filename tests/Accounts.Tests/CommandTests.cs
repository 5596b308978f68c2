using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Accounts.Tests;

public class CommandTests
{
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task MakeAdmin_works_while_the_store_runs_and_says_what_it_did(DatabaseDialect engine)
    {
        await using var running = await RunningAccounts.StartAsync(engine);
        var session = await running.RegisterAsync("ada@reader.example");

        Assert.Equal((0, "Ada@reader.example is an admin now: at the next sign-in, or in ten minutes at most."), await RunAsync(running, "make-admin", "Ada@reader.example"));

        Assert.True((await running.RefreshAsync(session)).Profile.Admin);
        Assert.Equal((0, "ada@reader.example is an admin already."), await RunAsync(running, "make-admin", "ada@reader.example"));
    }

    [Fact]
    public async Task MakeAdmin_without_an_account_says_so()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);

        Assert.Equal((1, "make-admin: bob@reader.example has no account; register in the shop first"), await RunAsync(running, "make-admin", "bob@reader.example"));
        Assert.Equal((2, "make-admin: whom? Usage: make-admin EMAIL [setting ...]"), await RunAsync(running, "make-admin"));
    }

    [Fact]
    public async Task RotateKeys_publishes_the_next_key_to_the_store_that_runs()
    {
        await using var running = await RunningAccounts.StartAsync(DatabaseDialect.Sqlite);

        var (code, output) = await RunAsync(running, "rotate-keys");

        Assert.Equal(0, code);
        Assert.StartsWith("The next key is published and signs from ", output, StringComparison.Ordinal);
        running.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await running.Client.ListSigningKeysAsync(new Contracts.Accounts.V1.ListSigningKeysRequest())).Keys.Count);
    }

    private static async Task<(int Code, string Output)> RunAsync(RunningAccounts running, params string[] command)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "BooksForYou.Accounts.dll");
        await using var run = ProgramRun.Start(
            "dotnet", [program, .. command, "--data-dir", running.Folder, "--accounts-database", running.Database.ConnectionString]);
        return (await run.WaitForExitAsync(), run.Output.Trim());
    }
}
