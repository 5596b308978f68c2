using BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>What came of asking for a payment.</summary>
/// <param name="End">What is known.</param>
/// <param name="Answer">How the sale ended, if it is over.</param>
/// <param name="Violations">What is wrong, by the names that the services give to the fields.</param>
internal sealed record PaymentResult(PaymentEnd End, CheckoutResponse? Answer, IReadOnlyList<KeyValuePair<string, string>> Violations)
{
    /// <summary>A sale that is over.</summary>
    public static PaymentResult Of(CheckoutResponse answer) => new(PaymentEnd.Answered, answer, []);

    /// <summary>A sale without an answer.</summary>
    public static PaymentResult Without(PaymentEnd end) => new(end, null, []);
}
