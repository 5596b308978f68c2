using System.Diagnostics.Metrics;
using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions;

/// <summary>What the service counts; docs/orders.md and docs/receipts.md say what to watch.</summary>
internal sealed class TransactionsMetrics
{
    private readonly Counter<long> _payments;
    private readonly Counter<long> _receipts;
    private long _openPayments;
    private long _waitingReceipts;
    private long _deadReceipts;

    public TransactionsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BooksForYou.Transactions");
        _payments = meter.CreateCounter<long>("booksforyou.payments", "{payment}", "Payments that came to an end, by outcome.");
        _receipts = meter.CreateCounter<long>("booksforyou.receipts", "{receipt}", "Attempts to send a receipt, by result.");
        meter.CreateObservableGauge("booksforyou.payments.open", () => OpenPayments, "{payment}", "Payments and refunds whose outcome is not known yet.");
        meter.CreateObservableGauge("booksforyou.receipts.waiting", () => WaitingReceipts, "{receipt}", "Receipts that wait to be sent.");
        meter.CreateObservableGauge("booksforyou.receipts.dead", () => DeadReceipts, "{receipt}", "Receipts that were given up.");
    }

    /// <summary>Payments and refunds whose outcome is not known yet, at the last count.</summary>
    public long OpenPayments => Volatile.Read(ref _openPayments);

    /// <summary>Receipts that wait, at the last count.</summary>
    public long WaitingReceipts => Volatile.Read(ref _waitingReceipts);

    /// <summary>Receipts that were given up, at the last count.</summary>
    public long DeadReceipts => Volatile.Read(ref _deadReceipts);

    public void PaymentClosed(OrderState state) => _payments.Add(1, new KeyValuePair<string, object?>("outcome", OrderMove.Text(state).ToLowerInvariant()));

    public void ReceiptTried(string result, int count = 1) => _receipts.Add(count, new KeyValuePair<string, object?>("result", result));

    public void SetOpenPayments(long count) => Volatile.Write(ref _openPayments, count);

    public void SetReceipts(long waiting, long dead)
    {
        Volatile.Write(ref _waitingReceipts, waiting);
        Volatile.Write(ref _deadReceipts, dead);
    }
}
