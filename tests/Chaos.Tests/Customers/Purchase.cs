using System.Collections.Concurrent;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.TestGateway;
using Grpc.Core;

namespace BooksForYou.Chaos.Tests.Customers;

/// <summary>One idempotency key: what was sent with it, and everything that came back.</summary>
/// <param name="request">What was sent.</param>
/// <param name="card">What the card does.</param>
/// <param name="headers">Gives what the buyer's calls carry.</param>
/// <param name="member">The name of the buyer's account; null for a guest.</param>
internal sealed class Purchase(CheckoutRequest request, TestCardScenario card, Func<CancellationToken, Task<Metadata>> headers, string? member)
{
    public string Key => request.IdempotencyKey;

    public CheckoutRequest Request => request;

    public TestCardScenario Card => card;

    public string? Member => member;

    /// <summary>Every answer that a client got.</summary>
    public ConcurrentQueue<CheckoutResponse> Answers { get; } = new();

    /// <summary>Statuses that no client should see, whoever is killed.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    public bool CancellationWasAsked { get; set; }

    public bool CancellationWasConfirmed { get; set; }

    /// <summary>What the buyer's calls carry.</summary>
    public Task<Metadata> HeadersAsync(CancellationToken closing) => headers(closing);
}
