using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf.Collections;

namespace BooksForYou.Inventory.Stock;

/// <summary>Reads the calls that move stock, and checks all of them before anything is written.</summary>
internal static class StockRequest
{
    private const int MostLines = 200;
    private const int MostCopies = 9999;
    private const int LongestLifetimeSeconds = 86_400;
    private const int DefaultLifetimeSeconds = 900;
    private const int LongestReason = 200;

    /// <summary>Reads what to hold back, and for how long.</summary>
    /// <exception cref="InvalidArgumentException">Something is wrong with it.</exception>
    public static (IReadOnlyList<ReservationLine> Lines, TimeSpan Lifetime) Read(ReserveStockRequest request)
    {
        ThrowIfAny([.. BookRequest.KeyProblems("reservation_id", request.ReservationId), .. LifetimeProblems(request.TtlSeconds), .. LineProblems(request.Lines)]);
        var seconds = request.TtlSeconds == 0 ? DefaultLifetimeSeconds : request.TtlSeconds;
        return ([.. request.Lines.Select(line => new ReservationLine(line.BookId, line.Quantity))], TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Checks the id of a reservation.</summary>
    /// <exception cref="InvalidArgumentException">It cannot be one.</exception>
    public static string ReadId(string reservationId)
    {
        ThrowIfAny([.. BookRequest.KeyProblems("reservation_id", reservationId)]);
        return reservationId;
    }

    /// <summary>Checks an adjustment.</summary>
    /// <exception cref="InvalidArgumentException">Something is wrong with it.</exception>
    public static void Check(AdjustStockRequest request)
    {
        var problems = BookRequest.KeyProblems("adjustment_id", request.AdjustmentId).ToList();
        if (request.Delta is 0 or < -StockStore.MostOnHand or > StockStore.MostOnHand)
        {
            problems.Add(new FieldViolation("delta", $"must not be 0, and be from -{StockStore.MostOnHand} to {StockStore.MostOnHand}"));
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason || request.Reason.Any(char.IsControl))
        {
            problems.Add(new FieldViolation("reason", $"must be 1 to {LongestReason} characters, without control characters"));
        }

        ThrowIfAny(problems);
    }

    private static IEnumerable<FieldViolation> LifetimeProblems(int seconds)
    {
        if (seconds is < 0 or > LongestLifetimeSeconds)
        {
            yield return new FieldViolation(
                "ttl_seconds", $"must be from 1 to {LongestLifetimeSeconds}, or 0 for {DefaultLifetimeSeconds}");
        }
    }

    private static IEnumerable<FieldViolation> LineProblems(RepeatedField<StockLine> lines)
    {
        if (lines.Count is 0 or > MostLines)
        {
            yield return new FieldViolation("lines", $"must be 1 to {MostLines} books");
            yield break;
        }

        var seen = new HashSet<int>();
        foreach (var (i, line) in lines.Index())
        {
            if (line.Quantity is < 1 or > MostCopies)
            {
                yield return new FieldViolation($"lines[{i}].quantity", $"must be from 1 to {MostCopies}");
            }

            if (!seen.Add(line.BookId))
            {
                yield return new FieldViolation($"lines[{i}].book_id", "must not be given twice");
            }
        }
    }

    private static void ThrowIfAny(List<FieldViolation> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidArgumentException([.. problems]);
        }
    }
}
