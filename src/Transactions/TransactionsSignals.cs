using BooksForYou.ServiceKit.Background;

namespace BooksForYou.Transactions;

/// <summary>What the parts of the service wake each other with.</summary>
internal sealed class TransactionsSignals
{
    /// <summary>An order has come into another state.</summary>
    public Signal OrderMoved { get; } = new();

    /// <summary>A payment waits for somebody to settle it.</summary>
    public Signal PaymentLeft { get; } = new();

    /// <summary>A receipt waits to be sent.</summary>
    public Signal ReceiptDue { get; } = new();
}
