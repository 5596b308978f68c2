using BooksForYou.Contracts.Cart.V1;
using BooksForYou.TestGateway;

namespace BooksForYou.Chaos.Tests.Accounts;

/// <summary>What became of a key, as its customer sees it.</summary>
internal sealed record KeyAccount
{
    public required string Key { get; init; }

    /// <summary>What the card does.</summary>
    public required TestCardScenario Card { get; init; }

    /// <summary>Every answer that was ever given.</summary>
    public required IReadOnlyList<CheckoutResponse> Answers { get; init; }

    /// <summary>How the sale stands in the end; null when there is none, or it is not over.</summary>
    public required CheckoutResponse? Final { get; init; }

    /// <summary>Statuses that no customer should see.</summary>
    public IReadOnlyList<string> Surprises { get; init; } = [];

    public bool CancellationWasAsked { get; init; }

    public bool CancellationWasConfirmed { get; init; }
}
