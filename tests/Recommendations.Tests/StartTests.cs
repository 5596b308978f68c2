using System.Diagnostics;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.Recommendations.Tests;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Start_five_processes_at_once_and_one_killed_seed_once(DatabaseDialect engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var processes = Enumerable.Range(0, 5).Select(_ => Start(test.ConnectionString)).ToList();
        try
        {
            // The ports open before the database is prepared, so the first is killed in the middle of it.
            await WaitForEventAsync(processes[0], "ListeningOnAddress");
            processes[0].Kill();
            await Task.WhenAll(processes.Skip(1).Select(process => WaitForEventAsync(process, "Serving")));
        }
        finally
        {
            foreach (var process in processes)
            {
                process.Kill();
                await process.WaitForExitAsync(Token);
                process.Dispose();
            }
        }

        Assert.Equal(CatalogueSeed.Read(), (await new CatalogueStore(test.Database).ReadAllAsync(Token)).OrderBy(book => book.Id));
        await using var connection = await test.Database.OpenConnectionAsync(Token);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM seeds"));
    }

    private static Process Start(string connectionString) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "BooksForYou.Recommendations.dll"),
            "--grpc-port", "0", "--metrics-port", "0", "--recommendations-database", connectionString,
        },
        RedirectStandardOutput = true,
    })!;

    private static async Task WaitForEventAsync(Process process, string name)
    {
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains($"\"{name}\"", StringComparison.Ordinal))
            {
                return;
            }

            output.Add(line);
        }

        Assert.Fail($"The process ended before {name}:\n{string.Join('\n', output)}");
    }
}
