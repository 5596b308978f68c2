namespace BooksForYou.Transactions.Payments;

/// <summary>
/// Who takes the money. A payment is named by a key of ours; every method may be called again with the same key and changes nothing then. All of
/// them throw <see cref="GatewayUnavailableException"/> when the outcome is not known: look it up by <see cref="FindAsync"/>.
/// </summary>
internal interface IPaymentGateway
{
    /// <summary>Asks whether the card is good for an amount, and holds it. Takes no money yet.</summary>
    /// <returns>The payment as it stands now: usually authorized or declined; void when it has been given up before.</returns>
    Task<GatewayPayment> AuthorizeAsync(string key, long amountCents, string currency, CardDetails card, CancellationToken cancellationToken);

    /// <summary>Takes the money of an authorized payment.</summary>
    /// <returns>The payment as it stands now, captured if it could be; null when there is none.</returns>
    Task<GatewayPayment?> CaptureAsync(string key, CancellationToken cancellationToken);

    /// <summary>Gives a payment up that has not been captured, and makes sure that an authorization of its key that is still on its way is refused.</summary>
    /// <returns>The payment as it stands now, void if it could be.</returns>
    Task<GatewayPayment> VoidAsync(string key, CancellationToken cancellationToken);

    /// <summary>Pays the whole amount of a captured payment back.</summary>
    /// <returns>The payment as it stands now, refunded if it could be; null when there is none.</returns>
    Task<GatewayPayment?> RefundAsync(string key, CancellationToken cancellationToken);

    /// <summary>Looks a payment up.</summary>
    /// <returns>The payment, or null when there is none of that key.</returns>
    Task<GatewayPayment?> FindAsync(string key, CancellationToken cancellationToken);
}
