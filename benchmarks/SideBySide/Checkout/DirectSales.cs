using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>The ceiling: what sales write, sent straight to PostgreSQL by as many at once, each transaction as one prepared batch.</summary>
internal sealed class DirectSales : IAsyncDisposable
{
    private readonly SaleRecording _recording;
    private readonly Dictionary<string, NpgsqlDataSource> _databases;
    private readonly List<(NpgsqlDataSource Database, List<(string Sql, List<SaleValue> Values)> Statements)> _transactions;

    /// <summary>Takes a recorded sale apart.</summary>
    /// <param name="recordings">Two recorded sales.</param>
    /// <param name="recorded">The databases that they were recorded on.</param>
    /// <param name="databases">Those to send to.</param>
    public DirectSales((SaleRecording First, SaleRecording Second) recordings, SaleDatabases recorded, SaleDatabases databases)
    {
        _recording = recordings.First;
        _databases = recorded.All().Zip(databases.All()).ToDictionary(
            pair => pair.First.Name,
            pair => NpgsqlDataSource.Create($"{pair.Second.ConnectionString};Max Auto Prepare=100"));
        _transactions =
        [
            .. recordings.First.Transactions.Zip(recordings.Second.Transactions, (first, second) => (
                _databases[first[0].Database],
                first.Zip(second, (one, other) => (one.Sql, ValuesOf(one, other))).ToList())),
        ];

        List<SaleValue> ValuesOf(LoggedStatement one, LoggedStatement other) =>
            [.. one.Parameters.Zip(other.Parameters, (value, same) => SaleValue.Of(value, same, recordings.First))];
    }

    /// <summary>Fills the baskets as they were before the recorded sale.</summary>
    public async Task FillAsync(IReadOnlyCollection<Visit> visits, SaleDatabases recorded, CancellationToken cancellation)
    {
        var cart = _databases[recorded.All().First().Name];
        await using var command = cart.CreateCommand(
            """
            INSERT INTO basket (visitor_id, items, revision, updated_at)
            SELECT visitor, items::jsonb, $3, now() FROM unnest($1, $2) AS filled (visitor, items)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = visits.Select(visit => visit.VisitorId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = visits.Select(visit => SaleValue.WithBooks(_recording.Basket, _recording.Visit, visit)).ToArray(),
        });
        command.Parameters.Add(new NpgsqlParameter { Value = _recording.Revision });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Writes the sales, some at once.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> SellAsync(IEnumerable<Visit> visits, int atOnce, CancellationToken cancellation)
    {
        var waiting = new ConcurrentQueue<Visit>(visits);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(
            async () =>
            {
                while (waiting.TryDequeue(out var visit))
                {
                    await SellAsync(new ReplayedSale(visit) { Begun = DateTime.UtcNow }, cancellation);
                }
            },
            cancellation)));
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values)
        {
            await database.DisposeAsync();
        }
    }

    private async Task SellAsync(ReplayedSale sale, CancellationToken cancellation)
    {
        foreach (var (database, statements) in _transactions)
        {
            await using var batch = database.CreateBatch();
            foreach (var (sql, values) in statements)
            {
                var command = new NpgsqlBatchCommand(sql);
                values.ForEach(value => command.Parameters.Add(value.For(sale)));
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }
}
