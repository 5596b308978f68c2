namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>An entry of the gateway's ledger: a payment came into a state.</summary>
internal sealed record GatewayEntry(long Position, string Key, string State, long AmountCents);
