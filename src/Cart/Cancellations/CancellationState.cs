namespace BooksForYou.Cart.Cancellations;

/// <summary>Where the cancellation of an order stands: what is being done, or must be done next.</summary>
internal enum CancellationState
{
    /// <summary>The money is being paid back.</summary>
    Refunding,

    /// <summary>The money is paid back; the copies are being put back into the stock.</summary>
    Returning,

    /// <summary>Over.</summary>
    Done,
}
