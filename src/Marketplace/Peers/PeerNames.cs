namespace BooksForYou.Marketplace.Peers;

/// <summary>The services that the shop asks. Each can be away without the others.</summary>
internal static class PeerNames
{
    public const string Recommendations = "Recommendations";

    public const string Catalogue = "Catalogue";

    public const string Cart = "Cart";

    public const string Transactions = "Transactions";

    public const string Accounts = "Accounts";

    public const string Reviews = "Reviews";
}
