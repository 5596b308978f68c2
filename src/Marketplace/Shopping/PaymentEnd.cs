namespace BooksForYou.Marketplace.Shopping;

/// <summary>What the shop knows after it has asked for a payment.</summary>
internal enum PaymentEnd
{
    /// <summary>The sale is over, and there is an answer.</summary>
    Answered,

    /// <summary>It is not known how it ends. It goes on by itself.</summary>
    Unknown,

    /// <summary>Something that was typed cannot be right. Nothing was begun.</summary>
    Invalid,

    /// <summary>There is nothing to sell.</summary>
    BasketEmpty,

    /// <summary>The basket is not what the page showed. Nothing was begun.</summary>
    BasketChanged,

    /// <summary>The visitor is paying already, in another window.</summary>
    UnderWay,

    /// <summary>Nobody could be asked, since it is not known now who pays. Nothing was begun.</summary>
    NotAsked,

    /// <summary>There is no sale of that key.</summary>
    NoSale,
}
