namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>The invariants of the money: what the gateway has taken and paid back, against the orders.</summary>
internal static class GatewayAudit
{
    private const string Captured = "captured";
    private const string Refunded = "refunded";

    public static IEnumerable<string> ChargedOnce(BooksOfAccount books)
    {
        var payments = books.Ledger.ToLookup(entry => entry.Key);
        foreach (var order in books.Orders)
        {
            var captures = payments[order.PaymentKey].Where(entry => entry.State == Captured).ToList();
            if (captures.Count != (order.WasPaid ? 1 : 0))
            {
                yield return $"{order.Key}: order {order.OrderId} is {order.State}, and was charged {captures.Count} times";
            }

            if (captures.Any(entry => entry.AmountCents != order.TotalCents))
            {
                yield return $"{order.Key}: order {order.OrderId} of {order.TotalCents} was charged {captures[0].AmountCents}";
            }
        }
    }

    public static IEnumerable<string> RefundedOnce(BooksOfAccount books)
    {
        var payments = books.Ledger.ToLookup(entry => entry.Key);
        foreach (var order in books.Orders)
        {
            var refunds = payments[order.PaymentKey].Where(entry => entry.State == Refunded).ToList();
            if (refunds.Count != (order.State == "REFUNDED" ? 1 : 0))
            {
                yield return $"{order.Key}: order {order.OrderId} is {order.State}, and was refunded {refunds.Count} times";
            }

            if (refunds.Any(entry => entry.AmountCents != order.TotalCents))
            {
                yield return $"{order.Key}: order {order.OrderId} of {order.TotalCents} was refunded {refunds[0].AmountCents}";
            }
        }
    }

    public static IEnumerable<string> NoChargeWithoutOrder(BooksOfAccount books)
    {
        var orders = books.Orders.ToLookup(order => order.PaymentKey);
        foreach (var payment in books.Ledger.GroupBy(entry => entry.Key))
        {
            var states = payment.Select(entry => entry.State).ToList();
            var order = orders[payment.Key].FirstOrDefault();
            var name = $"{order?.Key ?? "a key without an order"}: payment {payment.Key}";
            if (states.Contains(Captured) && !states.Contains(Refunded) && order is not { State: "PAID" })
            {
                yield return $"{name} was charged, and the order is {order?.State ?? "not there"}";
            }

            if (states.Contains(Captured) && states.Contains("voided"))
            {
                yield return $"{name} was both charged and voided";
            }
        }
    }

    public static IEnumerable<string> LedgerIsDurable(BooksOfAccount books) =>
        books.Ledger.SequenceEqual(books.Listing)
            ? []
            : [$"the gateway lists {books.Listing.Count} entries, and the {books.Ledger.Count} of its ledger on the disk are others"];
}
