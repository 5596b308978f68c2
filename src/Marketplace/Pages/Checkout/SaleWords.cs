using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Shopping;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Tells a visitor why nothing was sold.</summary>
internal static class SaleWords
{
    /// <summary>The words for an attempt to pay that came to nothing.</summary>
    public static string Problem(PaymentResult result) => result.End switch
    {
        PaymentEnd.BasketChanged => "Your basket has changed since this page was opened. Nothing was charged: look at the order below, and pay if it is right.",
        PaymentEnd.UnderWay => "A payment of yours is under way in another window. Wait until it is finished, so that you do not pay twice.",
        PaymentEnd.NotAsked => "We cannot tell at the moment who you are. Nothing was charged: please try again in a few seconds.",
        PaymentEnd.NoSale => "The payment was never begun. Nothing was charged.",
        PaymentEnd.Answered => Problem(result.Answer!),
        _ => "The order could not be taken as it was. Nothing was charged: please check it and try again.",
    };

    private static string Problem(CheckoutResponse answer) => answer.Outcome switch
    {
        SaleOutcome.Declined when answer.DeclineReason.Length > 0 => $"{answer.DeclineReason} Nothing was charged. You can try another card.",
        SaleOutcome.Declined => "The card was declined. Nothing was charged. You can try another card.",
        SaleOutcome.OutOfStock => "Somebody was faster: there are not enough copies left. Nothing was charged. Choose fewer in your basket.",
        SaleOutcome.PriceRisen => $"The total has risen to {Prices.Format(answer.Total)} since this page was opened. Nothing was charged: pay only if you agree.",
        SaleOutcome.PromotionUsed => $"Another order of yours has used the offer in this total, and it counts once for every customer. Nothing was charged: without it the order comes to {Prices.Format(answer.Total)}. Pay only if you agree.",
        SaleOutcome.Interrupted => "The payment was interrupted before the card was charged. Nothing was charged: please try again.",
        _ => "Nothing was charged. Please try again.",
    };
}
