using BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What those who run the shop read of an order's state.</summary>
internal static class OrderWords
{
    /// <summary>Where an order stands.</summary>
    public static string Of(OrderState state) => state switch
    {
        OrderState.Pending => "payment under way",
        OrderState.Paid => "paid",
        OrderState.Declined => "not paid",
        OrderState.Refunding => "cancelled, refund under way",
        OrderState.Refunded => "cancelled, paid back",
        _ => "unknown",
    };
}
