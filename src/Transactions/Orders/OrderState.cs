namespace BooksForYou.Transactions.Orders;

/// <summary>Where an order stands: the states of the contract, by the same numbers. Their names are what the database holds.</summary>
internal enum OrderState
{
    Pending = 1,
    Paid = 2,
    Declined = 3,
    Refunding = 4,
    Refunded = 5,
}
