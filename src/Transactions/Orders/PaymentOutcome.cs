namespace BooksForYou.Transactions.Orders;

/// <summary>How a payment came to an end: PAID, or DECLINED with a reason for the customer to read.</summary>
internal sealed record PaymentOutcome(OrderState State, string CardBrand = "", string CardLastFour = "", string DeclineReason = "");
