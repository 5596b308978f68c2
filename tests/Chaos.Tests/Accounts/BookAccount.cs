namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>The stock of a book.</summary>
internal sealed record BookAccount
{
    public required int BookId { get; init; }

    /// <summary>How many copies there were before the run.</summary>
    public required int Initial { get; init; }

    public required int OnHand { get; init; }

    public required int Reserved { get; init; }

    /// <summary>What customers are told.</summary>
    public required int Available { get; init; }

    /// <summary>The changes in the ledger, oldest first.</summary>
    public required IReadOnlyList<int> Entries { get; init; }
}
