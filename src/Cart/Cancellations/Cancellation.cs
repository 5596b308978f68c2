namespace BooksForYou.Cart.Cancellations;

/// <summary>The cancellation of a paid order, as its row says it stands.</summary>
internal sealed record Cancellation
{
    public required string OrderId { get; init; }

    /// <summary>The reservation whose copies the order took.</summary>
    public required string ReservationId { get; init; }

    public required CancellationState State { get; init; }

    /// <summary>The number of the lease under which somebody works on it.</summary>
    public required long Lease { get; init; }

    /// <summary>The trace of the request that began it; empty for none.</summary>
    public string Trace { get; init; } = "";

    /// <summary>How often it was put off because another service did not answer.</summary>
    public int Attempts { get; init; }
}
