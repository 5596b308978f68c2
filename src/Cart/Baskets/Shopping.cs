using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Cart.Baskets;

/// <summary>What a visitor does with the basket. It goes on as far as possible while Inventory is away.</summary>
internal sealed partial class Shopping(BasketStore baskets, Stock stock, Pricing pricing, ILogger<Shopping> logger)
{
    /// <summary>Gives a basket with prices and stock as they are now.</summary>
    /// <returns>The basket, and the same with prices; null while Inventory is away.</returns>
    public async Task<(StoredBasket Stored, PricedBasket? Priced)> LookAsync(Caller owner, CancellationToken cancellationToken)
    {
        var stored = await baskets.ReadAsync(owner.Subject, cancellationToken);
        try
        {
            return (stored, await pricing.PriceAsync(stored, owner, cancellationToken));
        }
        catch (PeerException exception)
        {
            LogUnpriced(exception.Message);
            return (stored, null);
        }
    }

    /// <summary>Adds copies of a book, with the price of today. While Inventory is away they are added without one.</summary>
    /// <returns>How many copies are in the basket now.</returns>
    public async Task<int> AddAsync(string visitorId, int bookId, int quantity, CancellationToken cancellationToken)
    {
        var price = await FindPriceAsync(bookId, cancellationToken);
        return await baskets.AddAsync(visitorId, bookId, quantity, price, cancellationToken)
            ?? throw new FailedPreconditionException($"A basket holds at most {BasketSql.MaxLines} books.");
    }

    /// <summary>Puts what is in a visitor's basket into another one, and empties the visitor's.</summary>
    /// <returns>How many copies are in the other one now.</returns>
    /// <exception cref="AbortedException">The visitor's basket is being sold at this moment.</exception>
    public async Task<int> MergeAsync(string visitorId, string owner, CancellationToken cancellationToken) =>
        await baskets.MergeAsync(visitorId, owner, cancellationToken)
            ?? throw new AbortedException("The basket is being paid for at this moment.")
            {
                Details = [ErrorDetails.Reason(Reasons.PaymentUnderWay, Reasons.Domain)],
            };

    private async Task<Price?> FindPriceAsync(int bookId, CancellationToken cancellationToken)
    {
        Book? book;
        try
        {
            book = await stock.FindBookAsync(bookId, cancellationToken);
        }
        catch (PeerException exception)
        {
            LogUnpriced(exception.Message);
            return null;
        }

        return book is null ? throw new NotFoundException("There is no such book.") : book.Price is null ? null : Price.From(book.Price);
    }

    [LoggerMessage(EventName = "BasketUnpriced", Level = LogLevel.Warning, Message = "Going on without prices: {Reason}")]
    private partial void LogUnpriced(string reason);
}
