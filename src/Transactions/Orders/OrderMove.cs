namespace BooksForYou.Transactions.Orders;

/// <summary>A legal move of an order.</summary>
/// <param name="From">Where it stands; null for an order that is not there yet.</param>
/// <param name="To">Where it comes.</param>
/// <param name="When">What has happened, as docs/orders.md says it.</param>
internal sealed record OrderMove(OrderState? From, OrderState To, string When)
{
    /// <summary>The whole table. An order comes into each state once at most; docs/orders.md shows the same table, and a test compares the two.</summary>
    public static IReadOnlyList<OrderMove> All { get; } =
    [
        new(null, OrderState.Pending, "a charge begins"),
        new(OrderState.Pending, OrderState.Paid, "the gateway has captured the payment"),
        new(OrderState.Pending, OrderState.Declined, "the gateway has declined the payment, or the payment was given up and is void"),
        new(OrderState.Paid, OrderState.Refunding, "the order is cancelled"),
        new(OrderState.Refunding, OrderState.Refunded, "the gateway has paid the whole amount back"),
    ];

    /// <summary>Whether an order may go from one state to another.</summary>
    public static bool IsLegal(OrderState? from, OrderState to) => All.Any(move => move.From == from && move.To == to);

    /// <summary>The states that an order may come from, as a list for SQL: <c>'PENDING', 'PAID'</c>.</summary>
    public static string SourcesOf(OrderState to) =>
        string.Join(", ", All.Where(move => move.To == to && move.From is not null).Select(move => $"'{Text(move.From!.Value)}'"));

    /// <summary>The state's name in the database.</summary>
    public static string Text(OrderState state) => state switch
    {
        OrderState.Pending => "PENDING",
        OrderState.Paid => "PAID",
        OrderState.Declined => "DECLINED",
        OrderState.Refunding => "REFUNDING",
        OrderState.Refunded => "REFUNDED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
