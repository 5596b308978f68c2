using System.Diagnostics;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.Recommendations.Tests;

public sealed class StartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Start_five_processes_at_once_and_one_killed_seed_once(DatabaseDialect engine)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var test = await TestDatabase.CreateAsync(engine);
        var processes = Enumerable.Range(0, 5).Select(_ => Start(test.ConnectionString)).ToList();
        try
        {
            await Task.WhenAll(processes.Select(process => KillOrServeAsync(process, limit.Token)));
            Assert.Single(processes, process => process.HasExited);
        }
        finally
        {
            foreach (var process in processes)
            {
                process.Kill();
                await process.WaitForExitAsync(limit.Token);
                process.Dispose();
            }
        }

        var books = await new CatalogueStore(test.Database).ReadAllAsync(limit.Token);
        Assert.Equal(CatalogueSeed.Read(), books.OrderBy(book => book.Id));
        await using var connection = await test.Database.OpenConnectionAsync(limit.Token);
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

    /// <summary>Kills the process that has made the schema, while the seed comes next; waits for any other until it serves.</summary>
    private static async Task KillOrServeAsync(Process process, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("\"MigrationApplied\"", StringComparison.Ordinal))
            {
                process.Kill();
                await process.WaitForExitAsync(cancellationToken);
                return;
            }

            if (line.Contains("\"Serving\"", StringComparison.Ordinal))
            {
                return;
            }

            output.Add(line);
        }

        Assert.Fail($"A process ended before it served:\n{string.Join('\n', output)}");
    }
}
