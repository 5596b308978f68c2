namespace BooksForYou.Cart.Sales;

/// <summary>The places between two steps of a sale, where a process may die. docs/checkout.md says for each what happens then.</summary>
internal enum SaleStep
{
    /// <summary>The sale is written; Inventory has not been asked.</summary>
    Begun,

    /// <summary>Inventory holds the copies; that is not written yet.</summary>
    StockReserved,

    /// <summary>It is written that the card is charged next; Transactions has not been asked.</summary>
    ChargeWritten,

    /// <summary>Transactions has answered; the answer is not written yet.</summary>
    ChargeAnswered,

    /// <summary>It is written that the order is paid; Inventory has not been told.</summary>
    PaidWritten,

    /// <summary>Inventory has said that the reservation is over; that is not written yet.</summary>
    ReservationLost,

    /// <summary>It is written under which id the copies are reserved again; Inventory has not been asked.</summary>
    NewReservationWritten,

    /// <summary>Inventory has taken the copies out of the stock; that is not written yet.</summary>
    StockCommitted,

    /// <summary>It is written that the money is paid back; Transactions has not been asked.</summary>
    RefundWritten,

    /// <summary>Transactions has paid the money back; that is not written yet.</summary>
    Refunded,

    /// <summary>It is written how the sale ended without copies sold; they have not been given back.</summary>
    AnswerWritten,

    /// <summary>The copies have been given back; that is not written yet.</summary>
    StockReleased,

    /// <summary>The sale is over; the caller has not been told.</summary>
    Over,
}

/// <summary>Called at every step, for a test to stop the sale there. A process that serves has none.</summary>
internal delegate ValueTask SaleProbe(SaleStep step, Sale sale);
