namespace BooksForYou.TestGateway;

/// <summary>One page of the ledger, in its order. <paramref name="Next"/> is the position to ask for entries after; the same as asked for when there are none.</summary>
internal sealed record PaymentPage(IReadOnlyList<Payment> Entries, long Next);
