using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>
/// What one sale of the store writes, as PostgreSQL has logged it: nothing that is sent straight to the databases is made up. A transaction
/// of the store is one here. Its reads are left out; so is BEGIN and COMMIT, since each goes as one batch, which is a transaction.
/// </summary>
internal sealed class SaleRecording
{
    private const int Attempts = 10;

    private SaleRecording(Visit visit, string basket, long revision, IReadOnlyList<IReadOnlyList<LoggedStatement>> transactions)
    {
        Visit = visit;
        Basket = basket;
        Revision = revision;
        Transactions = transactions;
    }

    /// <summary>Whose sale it was.</summary>
    public Visit Visit { get; }

    /// <summary>When it began, UTC: the first time that it has written.</summary>
    public DateTime Begun => Transactions
        .SelectMany(transaction => transaction)
        .SelectMany(statement => statement.Parameters)
        .Where(SaleValue.IsTime)
        .Min(text => SaleValue.Time(text!));

    /// <summary>What was in the basket before, as JSON.</summary>
    public string Basket { get; }

    /// <summary>How often the basket had been edited.</summary>
    public long Revision { get; }

    /// <summary>The transactions that wrote something, with the statements that did, in the sequence of the sale.</summary>
    public IReadOnlyList<IReadOnlyList<LoggedStatement>> Transactions { get; }

    /// <summary>Records two sales, to see by the difference what is a sale's own and what is the same in all.</summary>
    public static async Task<(SaleRecording First, SaleRecording Second)> MakeAsync(
        string server, SaleDatabases databases, Visitors visitors, Func<Visit> next, CancellationToken cancellation)
    {
        await using var log = await ServerLog.OpenAsync(server, cancellation);
        var before = await RecordAsync(log, databases, visitors, next(), cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var after = await RecordAsync(log, databases, visitors, next(), cancellation);
            if (before.Transactions.Count > 0 && before.HasStatementsOf(after))
            {
                return (before, after);
            }

            before = after;
        }

        throw new InvalidOperationException("No two sales sent the same statements.");
    }

    private static async Task<SaleRecording> RecordAsync(
        ServerLog log, SaleDatabases databases, Visitors visitors, Visit visit, CancellationToken cancellation)
    {
        await visitors.FillAsync([visit], cancellation);
        await using var cart = NpgsqlDataSource.Create(databases.Cart);
        await using var command = cart.CreateCommand("SELECT items::text, revision FROM basket WHERE visitor_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = visit.VisitorId });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (basket, revision) = (reader.GetString(0), reader.GetInt64(1));

        var statements = await log.WatchAsync(() => visitors.CheckOutAsync([visit], [], cancellation), cancellation);

        // Other things go on in the databases meanwhile: what belongs to the sale names its key, its visitor or its order.
        return new SaleRecording(visit, basket, revision, [.. statements
            .GroupBy(statement => (statement.Database, statement.Transaction))
            .Where(group => group.Any(statement => statement.Parameters.Any(value => value is not null && IsOf(visit, value))))
            .Select(group => group.Where(statement => statement.IsWrite).ToList())
            .Where(transaction => transaction.Count > 0)]);
    }

    private static bool IsOf(Visit visit, string value) =>
        value.Contains(visit.Key, StringComparison.Ordinal) || value == visit.VisitorId || value == visit.OrderId;

    private bool HasStatementsOf(SaleRecording other) =>
        Transactions.Select(Texts).SequenceEqual(other.Transactions.Select(Texts));

    private static string Texts(IEnumerable<LoggedStatement> transaction) =>
        string.Join(";\n", transaction.Select(statement => $"{statement.Database}: {statement.Sql}"));
}
