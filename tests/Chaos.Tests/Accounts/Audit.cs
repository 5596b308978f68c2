using BooksForYou.Contracts.Cart.V1;
using BooksForYou.TestGateway;

namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>Compares the books with one another. Each method is one invariant, and names the keys for which it does not hold.</summary>
internal static class Audit
{
    /// <summary>Every invariant, by the name that docs/chaos-tests.md has for it.</summary>
    public static IReadOnlyDictionary<string, Func<BooksOfAccount, IEnumerable<string>>> Invariants { get; } =
        new Dictionary<string, Func<BooksOfAccount, IEnumerable<string>>>
        {
            ["no surprises"] = NoSurprises,
            ["one order a key"] = OneOrderAKey,
            ["one answer a key"] = OneAnswerAKey,
            ["answers are true"] = AnswersAreTrue,
            ["a declined card buys nothing"] = DeclinedCardBuysNothing,
            ["charged once"] = GatewayAudit.ChargedOnce,
            ["refunded once"] = GatewayAudit.RefundedOnce,
            ["no charge without an order"] = GatewayAudit.NoChargeWithoutOrder,
            ["ledger is durable"] = GatewayAudit.LedgerIsDurable,
            ["refunds are wanted"] = RefundsAreWanted,
            ["promotion used once"] = PromotionAudit.UsedOnce,
            ["promotion is exact"] = PromotionAudit.IsExact,
            ["stock is exact"] = StockAudit.StockIsExact,
            ["sold and left are all"] = StockAudit.SoldAndLeftAreAll,
            ["never negative"] = StockAudit.NeverNegative,
            ["no reservation alive"] = books => books.LiveReservations.Select(id => $"reservation {id} still holds copies"),
            ["receipts reach who paid"] = ReceiptsReachWhoPaid,
            ["no receipt without payment"] = NoReceiptWithoutPayment,
            ["outbox is empty"] = books => books.UnsentReceipts,
            ["nothing in limbo"] = books => books.Unfinished,
            ["logs keep secrets"] = books => books.Leaks,
        };

    /// <summary>Looks for everything that must not be.</summary>
    public static IReadOnlyList<Finding> Of(BooksOfAccount books) =>
        [.. Invariants.SelectMany(invariant => invariant.Value(books).Select(text => new Finding(invariant.Key, text)))];

    private static IEnumerable<string> NoSurprises(BooksOfAccount books) =>
        from account in books.Keys
        from surprise in account.Surprises
        select $"{account.Key}: {surprise}";

    private static IEnumerable<string> OneOrderAKey(BooksOfAccount books)
    {
        var sent = books.Keys.Select(account => account.Key).ToHashSet();
        foreach (var orders in books.Orders.GroupBy(order => order.Key))
        {
            if (!sent.Contains(orders.Key))
            {
                yield return $"{orders.Key}: order {orders.First().OrderId} is of a key that was never sent";
            }

            if (orders.Count() > 1)
            {
                yield return $"{orders.Key}: has the orders {string.Join(", ", orders.Select(order => $"{order.OrderId} ({order.State})"))}";
            }
        }
    }

    private static IEnumerable<string> OneAnswerAKey(BooksOfAccount books) =>
        from account in books.Keys
        from answer in account.Answers
        where !answer.Equals(account.Final)
        select $"{account.Key}: was answered {answer}, and in the end {account.Final?.ToString() ?? "nothing"}";

    private static IEnumerable<string> AnswersAreTrue(BooksOfAccount books)
    {
        var orders = books.Orders.ToLookup(order => order.Key);
        foreach (var account in books.Keys)
        {
            var outcome = account.Final?.Outcome ?? SaleOutcome.Unspecified;
            string[] allowed = outcome switch
            {
                SaleOutcome.Sold => ["PAID", "REFUNDED"],
                SaleOutcome.Refunded => ["REFUNDED"],
                _ => ["DECLINED"],
            };
            var order = orders[account.Key].FirstOrDefault();
            if (order is null ? outcome is SaleOutcome.Sold or SaleOutcome.Refunded or SaleOutcome.Declined : !allowed.Contains(order.State))
            {
                yield return $"{account.Key}: ended {outcome}, and its order is {order?.State ?? "not there"}";
            }

            if (account.Final is { OrderId.Length: > 0 } final && final.OrderId != order?.OrderId)
            {
                yield return $"{account.Key}: was told order {final.OrderId}, and has {order?.OrderId ?? "none"}";
            }
        }
    }

    private static IEnumerable<string> DeclinedCardBuysNothing(BooksOfAccount books) =>
        from account in books.Keys
        where account.Card is TestCardScenario.Declined or TestCardScenario.InsufficientFunds
        where account.Final?.Outcome is SaleOutcome.Sold or SaleOutcome.Refunded
        select $"{account.Key}: was {account.Final!.Outcome} with a card that is declined ({account.Card})";

    private static IEnumerable<string> RefundsAreWanted(BooksOfAccount books)
    {
        var orders = books.Orders.ToLookup(order => order.Key);
        foreach (var account in books.Keys)
        {
            var isRefunded = orders[account.Key].Any(order => order.State == "REFUNDED");
            if (isRefunded && !account.CancellationWasAsked && account.Final?.Outcome != SaleOutcome.Refunded)
            {
                yield return $"{account.Key}: was refunded, and nobody asked for it";
            }

            if (account.CancellationWasConfirmed && !isRefunded)
            {
                yield return $"{account.Key}: was told that its order is cancelled, and it is not refunded";
            }
        }
    }

    private static IEnumerable<string> ReceiptsReachWhoPaid(BooksOfAccount books)
    {
        var mails = books.Mails.ToHashSet();
        return books.Orders.Where(order => order.WasPaid && !mails.Contains(order.Key))
            .Select(order => $"{order.Key}: order {order.OrderId} was paid, and no receipt came");
    }

    private static IEnumerable<string> NoReceiptWithoutPayment(BooksOfAccount books)
    {
        var paid = books.Orders.Where(order => order.WasPaid).Select(order => order.Key).ToHashSet();
        return books.Mails.Distinct().Where(key => !paid.Contains(key)).Select(key => $"{key}: got a receipt, and never paid");
    }
}
