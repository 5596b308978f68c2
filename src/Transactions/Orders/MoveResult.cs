namespace BooksForYou.Transactions.Orders;

/// <summary>Where an order stands after a move was tried, and the charge's answer, if it has one by now.</summary>
/// <param name="State">The order's state.</param>
/// <param name="Answer">The stored answer.</param>
/// <param name="Moved">Whether the order is in the wanted state, by this move or an earlier one.</param>
internal sealed record MoveResult(OrderState State, byte[]? Answer, bool Moved);
