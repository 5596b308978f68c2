using System.Data;
using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Reviews;

/// <summary>Keeps which purchases Transactions is still to be asked about.</summary>
internal sealed class PurchaseStore([FromKeyedServices("Reviews")] Database database)
{
    /// <summary>Takes questions that are due, the oldest first. Should the caller not come back with the answer, they are due again later.</summary>
    public async Task<IReadOnlyList<PurchaseQuestion>> TakeDueAsync(
        DateTimeOffset now, DateTimeOffset dueAgain, int count, CancellationToken cancellationToken)
    {
        // Nearly always there is nothing, and a look costs no writer's turn.
        if (!await AnyDueAsync(now, cancellationToken))
        {
            return [];
        }

        var skipLocked = database.Dialect == DatabaseDialect.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";
        return await database.TransactionAsync<IReadOnlyList<PurchaseQuestion>>(
            IsolationLevel.ReadCommitted,
            async (connection, token) =>
            {
                var rows = await connection.QueryAsync<(long Number, int BookId, string ReaderId)>(new CommandDefinition(
                    $"""
                    UPDATE review SET purchase_ask_at = @dueAgain
                    WHERE review_number IN (
                        SELECT review_number FROM review WHERE purchase_ask_at <= @now ORDER BY purchase_ask_at LIMIT @count {skipLocked})
                    RETURNING review_number, book_id, reader_id
                    """,
                    new { now, dueAgain, count },
                    cancellationToken: token));
                return [.. rows.Select(row => new PurchaseQuestion(row.Number, row.BookId, row.ReaderId))];
            },
            cancellationToken);
    }

    /// <summary>Notes what Transactions has told of a reader.</summary>
    /// <param name="questions">What was asked.</param>
    /// <param name="bought">The books among them that the reader has bought.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    public Task NoteAsync(IReadOnlyCollection<PurchaseQuestion> questions, IReadOnlySet<int> bought, CancellationToken cancellationToken) =>
        database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(
                $"""
                UPDATE review SET verified_purchase = TRUE WHERE review_number IN ({Numbers(questions.Where(question => bought.Contains(question.BookId)))});
                UPDATE review SET purchase_ask_at = NULL WHERE review_number IN ({Numbers(questions)});
                """,
                cancellationToken: token)),
            cancellationToken);

    private async Task<bool> AnyDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM review WHERE purchase_ask_at <= @now)", new { now }, cancellationToken: cancellationToken));
    }

    // Never empty, which SQL does not take; no review has the number 0.
    private static string Numbers(IEnumerable<PurchaseQuestion> questions) =>
        string.Join(", ", questions.Select(question => question.Number).Append(0).Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
