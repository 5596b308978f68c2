using System.Collections.Concurrent;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.TestGateway;

namespace BooksForYou.Chaos.Tests.Customers;

/// <summary>One idempotency key: what was sent with it, and everything that came back.</summary>
internal sealed class Purchase(CheckoutRequest request, TestCardScenario card)
{
    public string Key => request.IdempotencyKey;

    public CheckoutRequest Request => request;

    public TestCardScenario Card => card;

    /// <summary>Every answer that a client got.</summary>
    public ConcurrentQueue<CheckoutResponse> Answers { get; } = new();

    /// <summary>Statuses that no client should see, whoever is killed.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    public bool CancellationWasAsked { get; set; }

    public bool CancellationWasConfirmed { get; set; }
}
