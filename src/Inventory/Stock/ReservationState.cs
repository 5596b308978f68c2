namespace BooksForYou.Inventory.Stock;

/// <summary>What has become of a reservation. The numbers are those in the table.</summary>
internal enum ReservationState
{
    /// <summary>Its copies are held back.</summary>
    Held = 1,

    /// <summary>Its copies are sold.</summary>
    Committed = 2,

    /// <summary>Its copies went back because the caller said so, or it never had any: released before it was made.</summary>
    Released = 3,

    /// <summary>Its copies went back because its time was over.</summary>
    Expired = 4,

    /// <summary>Its copies were sold and came back.</summary>
    Returned = 5,
}
