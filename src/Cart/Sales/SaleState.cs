namespace BooksForYou.Cart.Sales;

/// <summary>Where a sale stands: what is being done, or must be done next if nobody is at it. docs/checkout.md has the moves.</summary>
internal enum SaleState
{
    /// <summary>The copies are being held back. Nothing was charged.</summary>
    Reserving,

    /// <summary>The card is being charged; whether it was, Transactions knows.</summary>
    Charging,

    /// <summary>The order is paid; the copies are being taken out of the stock.</summary>
    Committing,

    /// <summary>The order is paid, and the copies are gone; the money is being paid back.</summary>
    Refunding,

    /// <summary>How it ended is decided; the copies that were held back are given back.</summary>
    Releasing,

    /// <summary>Over.</summary>
    Done,
}
