using BooksForYou.ServiceKit.Security;

namespace BooksForYou.Transactions.Orders;

/// <summary>The numbers of orders, which nobody can guess.</summary>
internal static class OrderId
{
    public const int Length = RandomId.Length;

    public static string New() => RandomId.New();

    /// <summary>The number as it is stored, whatever case it was typed in.</summary>
    public static string Normalize(string orderId) => orderId.ToUpperInvariant();
}
