namespace BooksForYou.Cart.Baskets;

/// <summary>Whether somebody can have a promotion that each customer has once.</summary>
internal enum OnceStanding
{
    /// <summary>A customer who has not used it, as far as is known.</summary>
    Open,

    /// <summary>Nobody with an account: it is an offer.</summary>
    NeedsAccount,

    /// <summary>A customer who has used it.</summary>
    Used,
}
