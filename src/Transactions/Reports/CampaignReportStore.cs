using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Transactions.Reports;

/// <summary>Sums up what was sold.</summary>
internal sealed class CampaignReportStore(Database database)
{
    // Times are text on SQLite that begins with the day in UTC.
    private readonly string _day = database.Dialect == DatabaseDialect.PostgreSql
        ? "CAST(CAST(orders.created_at AT TIME ZONE 'UTC' AS date) AS text)"
        : "substr(orders.created_at, 1, 10)";

    /// <summary>Sums the paid orders from a time on and before another one up, by day, with a promotion and without it.</summary>
    /// <returns>The days on which there were orders.</returns>
    public async Task<IReadOnlyList<SumsRow>> SumAsync(
        string promotionId, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SumsRow>(new CommandDefinition(
            $"""
            WITH discounted AS (
                SELECT order_number, SUM(amount_cents) AS cents FROM order_discount WHERE promotion_id = @promotionId GROUP BY order_number),
            sold AS (
                SELECT {_day} AS day, orders.total_cents, discounted.cents
                FROM orders LEFT JOIN discounted ON discounted.order_number = orders.order_number
                WHERE orders.state = 'PAID' AND orders.created_at >= @since AND orders.created_at < @until)
            SELECT day AS Day, cents IS NOT NULL AS IsWith, COUNT(*) AS Orders, CAST(SUM(total_cents) AS bigint) AS RevenueCents,
                CAST(COALESCE(SUM(cents), 0) AS bigint) AS DiscountCents
            FROM sold
            GROUP BY day, cents IS NOT NULL
            """,
            new { promotionId, since, until },
            cancellationToken: cancellationToken))).AsList();
    }
}
