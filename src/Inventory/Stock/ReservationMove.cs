namespace BooksForYou.Inventory.Stock;

/// <summary>A legal move of a reservation, and what it does to the stock for every copy of it. There are no others.</summary>
/// <param name="From">The state it starts from.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="OnHand">What happens to the copies on hand, and so to the ledger: 1, 0 or -1 for each copy.</param>
/// <param name="Reserved">What happens to the copies held back.</param>
/// <param name="Sold">What happens to the copies sold.</param>
/// <param name="Reason">What the ledger says, where there is an entry.</param>
internal sealed record ReservationMove(ReservationState From, ReservationState To, int OnHand, int Reserved, int Sold, string Reason)
{
    public static readonly ReservationMove Commit = new(
        ReservationState.Held, ReservationState.Committed, OnHand: -1, Reserved: -1, Sold: 1, "sold");

    public static readonly ReservationMove Release = new(
        ReservationState.Held, ReservationState.Released, OnHand: 0, Reserved: -1, Sold: 0, "");

    public static readonly ReservationMove Expire = new(
        ReservationState.Held, ReservationState.Expired, OnHand: 0, Reserved: -1, Sold: 0, "");

    public static readonly ReservationMove Return = new(
        ReservationState.Committed, ReservationState.Returned, OnHand: 1, Reserved: 0, Sold: -1, "returned");
}
