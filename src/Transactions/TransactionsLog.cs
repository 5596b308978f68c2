using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions;

/// <summary>
/// What the service logs. Payments are named by their key at the gateway and receipts by their own number: an order's number would show the order to
/// whoever reads the log, and nothing of cards and customers is logged at all.
/// </summary>
internal sealed partial class TransactionsLog(ILogger<TransactionsLog> logger)
{
    [LoggerMessage(EventName = "GatewayFailed", Level = LogLevel.Warning, Message = "Payment {PaymentKey}: {Problem}")]
    public partial void GatewayFailed(string paymentKey, string problem);

    [LoggerMessage(EventName = "PaymentClosed", Level = LogLevel.Debug, Message = "Payment {PaymentKey} is {State}")]
    public partial void PaymentClosed(string paymentKey, OrderState state);

    [LoggerMessage(EventName = "PaymentLeft", Level = LogLevel.Warning, Message = "Payment {PaymentKey}: the outcome is not known yet, it is settled later")]
    public partial void PaymentLeft(string paymentKey);

    [LoggerMessage(EventName = "PaymentSettled", Level = LogLevel.Information, Message = "Payment {PaymentKey}, left over by another call, is {State} after attempt {Attempt}")]
    public partial void PaymentSettled(string paymentKey, OrderState state, int attempt);

    [LoggerMessage(EventName = "PaymentContradicted", Level = LogLevel.Critical,
        Message = "Payment {PaymentKey} is {Outcome} at the gateway, but its order is {State}: somebody has to look at it")]
    public partial void PaymentContradicted(string paymentKey, OrderState outcome, OrderState state);

    [LoggerMessage(EventName = "RecoveryFailed", Level = LogLevel.Error, Message = "Open payments could not be looked for; trying again")]
    public partial void RecoveryFailed(Exception exception);

    [LoggerMessage(EventName = "ReleaseFailed", Level = LogLevel.Warning, Message = "The lease of a payment could not be given back; it runs out by itself")]
    public partial void ReleaseFailed(Exception exception);

    [LoggerMessage(EventName = "SettlingFailed", Level = LogLevel.Error, Message = "Payment {PaymentKey} could not be settled; trying again")]
    public partial void SettlingFailed(string paymentKey, Exception exception);

    [LoggerMessage(EventName = "ReceiptSent", Level = LogLevel.Debug, Message = "Receipt {ReceiptId} is sent")]
    public partial void ReceiptSent(string receiptId);

    [LoggerMessage(EventName = "ReceiptFailed", Level = LogLevel.Warning, Message = "Receipt {ReceiptId} could not be sent at attempt {Attempt}: {Problem}. Next attempt in {Delay}")]
    public partial void ReceiptFailed(string receiptId, int attempt, string problem, TimeSpan delay);

    [LoggerMessage(EventName = "ReceiptDead", Level = LogLevel.Error, Message = "Receipt {ReceiptId} is given up after {Attempts} attempts: {Problem}")]
    public partial void ReceiptDead(string receiptId, int attempts, string problem);

    [LoggerMessage(EventName = "ReceiptsFailed", Level = LogLevel.Error, Message = "Receipts could not be looked for; trying again")]
    public partial void ReceiptsFailed(Exception exception);
}
