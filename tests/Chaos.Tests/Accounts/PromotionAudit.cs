namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>The invariants of buy two, get one free: once a customer, and exact.</summary>
internal static class PromotionAudit
{
    private const int CopiesNeeded = 3;

    public static IEnumerable<string> UsedOnce(BooksOfAccount books)
    {
        var uses = books.Orders.Where(order => order.HasPromotion).ToList();
        foreach (var order in uses.Where(order => order.CustomerId.Length == 0))
        {
            yield return $"{order.Key}: order {order.OrderId} of a guest has the promotion";
        }

        foreach (var customer in uses.Where(order => order.State is "PENDING" or "PAID").GroupBy(order => order.CustomerId).Where(orders => orders.Count() > 1))
        {
            yield return $"{customer.First().Key}: its customer has used the promotion in {string.Join(", ", customer.Select(order => order.Key))}";
        }
    }

    public static IEnumerable<string> IsExact(BooksOfAccount books)
    {
        foreach (var order in books.Orders)
        {
            if (order.TotalCents != order.LinesCents - order.DiscountCents)
            {
                yield return $"{order.Key}: order {order.OrderId} comes to {order.TotalCents}, and not to {order.LinesCents} less {order.DiscountCents}";
            }

            if (order.DiscountCents != (order.HasPromotion ? order.CheapestCents : 0))
            {
                yield return $"{order.Key}: order {order.OrderId} {(order.HasPromotion ? "with" : "without")} the promotion has {order.DiscountCents} off";
            }

            if (order.HasPromotion && order.Copies.Values.Sum() < CopiesNeeded)
            {
                yield return $"{order.Key}: order {order.OrderId} has the promotion and {order.Copies.Values.Sum()} copies";
            }
        }
    }
}
