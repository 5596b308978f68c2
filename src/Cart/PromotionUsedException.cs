namespace BooksForYou.Cart;

/// <summary>Another order of the customer has the promotion of a charge. Nothing was charged.</summary>
internal sealed class PromotionUsedException(Exception cause) : Exception("The customer has used the promotion.", cause);
