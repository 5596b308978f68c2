namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>All that customers, services, gateway and mail server know after a run, for <see cref="Audit"/> to compare.</summary>
internal sealed record BooksOfAccount
{
    /// <summary>Every key that was ever sent.</summary>
    public required IReadOnlyList<KeyAccount> Keys { get; init; }

    /// <summary>The orders of Transactions.</summary>
    public required IReadOnlyList<OrderAccount> Orders { get; init; }

    /// <summary>The gateway's durable ledger, oldest entry first.</summary>
    public required IReadOnlyList<GatewayEntry> Ledger { get; init; }

    /// <summary>What the gateway itself lists.</summary>
    public required IReadOnlyList<GatewayEntry> Listing { get; init; }

    /// <summary>The stock of Inventory.</summary>
    public required IReadOnlyList<BookAccount> Stock { get; init; }

    /// <summary>The reservations that still hold copies.</summary>
    public required IReadOnlyList<string> LiveReservations { get; init; }

    /// <summary>The key in the address of each mail that the mail server took.</summary>
    public required IReadOnlyList<string> Mails { get; init; }

    /// <summary>Whatever is under way somewhere.</summary>
    public required IReadOnlyList<string> Unfinished { get; init; }

    /// <summary>The receipts that were not sent.</summary>
    public required IReadOnlyList<string> UnsentReceipts { get; init; }

    /// <summary>What stands in the logs of processes and must not.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }
}
