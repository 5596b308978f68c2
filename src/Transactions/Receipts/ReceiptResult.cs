namespace BooksForYou.Transactions.Receipts;

/// <summary>What became of an attempt to send a receipt.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="State">Sent, given up, or waiting for the next attempt at <paramref name="Due"/>.</param>
/// <param name="Due">When the next attempt may begin.</param>
/// <param name="Problem">What went wrong; never an address or a server's own words, which may repeat one.</param>
internal sealed record ReceiptResult(Receipt Receipt, ReceiptState State, DateTimeOffset Due = default, string Problem = "");
