using BooksForYou.Cart.Promotions;
using BooksForYou.ServiceKit.Security;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Baskets;

/// <summary>Prices baskets as of now. Inventory and Transactions are asked at the same time.</summary>
internal sealed partial class Pricing(Stock stock, Payments payments, Offers offers, Shop shop, ILogger<Pricing> logger)
{
    /// <summary>Prices a basket.</summary>
    /// <exception cref="PeerException">Inventory does not say what the books cost.</exception>
    public async Task<PricedBasket> PriceAsync(StoredBasket basket, Caller owner, CancellationToken cancellationToken)
    {
        var promotions = await offers.ListAsync(cancellationToken);
        var standing = FindStandingAsync(basket, owner, promotions, cancellationToken);
        var books = stock.GetBooksAsync(basket.Items.Select(item => item.BookId), cancellationToken);
        await Task.WhenAll(books, standing);
        return new PricedBasket(basket, await books, shop.Currency, promotions, await standing);
    }

    private async Task<OnceStanding> FindStandingAsync(
        StoredBasket basket, Caller owner, IReadOnlyList<Promotion> promotions, CancellationToken cancellationToken)
    {
        if (!owner.HasAccount)
        {
            return OnceStanding.NeedsAccount;
        }

        // Most baskets have too few copies for it: nobody is asked.
        var isOffered = basket.Copies >= BuyTwoGetOneFreeRule.LeastCopies
            && Reckoning.Rules.Any(rule => rule.IsOncePerCustomer && promotions.Any(promotion => promotion.Kind == rule.Kind));
        try
        {
            return isOffered && await payments.HasUsedPromotionAsync(owner.Subject, cancellationToken) ? OnceStanding.Used : OnceStanding.Open;
        }
        catch (PeerException exception)
        {
            // The charge decides, and takes nothing that was not agreed to.
            LogUseUnknown(exception.Message);
            return OnceStanding.Open;
        }
    }

    [LoggerMessage(EventName = "PromotionUseUnknown", Level = LogLevel.Warning,
        Message = "Going on as if the customer had not used the promotion: {Reason}")]
    private partial void LogUseUnknown(string reason);
}
