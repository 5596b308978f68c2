using System.Data.Common;
using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Sales;

/// <summary>Sells a basket once for each idempotency key, and gives everybody who asks with that key the same answer.</summary>
internal sealed partial class Checkout(
    SaleStore store,
    SaleRunner runner,
    InFlight<CheckoutResponse?> inFlight,
    Pricing pricing,
    TimeProvider time,
    IOptions<CartOptions> options,
    ILogger<Checkout> logger)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(500);

    // A service that is just being restarted is back within it. The visitor is not kept waiting for one that stays away.
    private static readonly TimeSpan PatienceWhenPutOff = TimeSpan.FromSeconds(3);

    /// <summary>Sells what is in the visitor's basket. Cancelled, it stops to wait for the answer; a sale that has begun goes on.</summary>
    public async Task<CheckoutResponse> RunAsync(CheckoutRequest request, Caller customer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.AnswerTimeout);
        try
        {
            return await RunOrWaitAsync(request, customer, RequestHash.Of(request, customer.Subject), limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotKnownYet(exception);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or DbException { IsTransient: true })
        {
            throw NotKnownYet(exception);
        }
    }

    /// <summary>Tells how a sale ended.</summary>
    /// <returns>The answer; null while there is none.</returns>
    public async Task<CheckoutResponse?> FindAnswerAsync(string key, string owner, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken) is { } sale && sale.VisitorId == owner
            ? sale.ReadAnswer()
            : throw new NotFoundException("There is no such sale.");

    private static UnavailableException NotKnownYet(Exception cause) =>
        new("The outcome of the payment is not known yet. Ask again with the same key.", cause)
        {
            Details = [ErrorDetails.RetryAfter(TimeSpan.FromSeconds(1))],
        };

    private static AbortedException Aborted(string detail, string reason) =>
        new(detail) { Details = [ErrorDetails.Reason(reason, Reasons.Domain)] };

    private async Task<CheckoutResponse> RunOrWaitAsync(CheckoutRequest request, Caller customer, string hash, CancellationToken limit)
    {
        while (true)
        {
            var (sale, basket, isUnderWay) = await store.ReadAsync(request.IdempotencyKey, customer.Subject, limit);
            if (sale is not null && (sale.VisitorId != customer.Subject || sale.RequestHash != hash))
            {
                throw new AlreadyExistsException("The idempotency key was used for another checkout.");
            }

            var answer = sale is null
                ? await BeginAsync(request, customer, hash, basket, isUnderWay, limit)
                : sale.ReadAnswer() ?? await WaitAsync(sale.Key, limit);
            if (answer is not null)
            {
                return answer;
            }
        }
    }

    /// <summary>Begins a sale and waits for its answer.</summary>
    /// <returns>The answer; null when the key was used, or the basket edited, in this very moment: to be looked at again.</returns>
    private async Task<CheckoutResponse?> BeginAsync(
        CheckoutRequest request, Caller customer, string hash, StoredBasket basket, bool isUnderWay, CancellationToken limit)
    {
        Require(request, basket, isUnderWay);
        var priced = await PriceAsync(basket, customer, limit);
        var sale = Sale.Begin(request.IdempotencyKey, customer.Subject, hash, basket);
        if (Refusal(priced, request) is { } refusal)
        {
            sale = sale with { State = SaleState.Done, Answer = refusal.ToByteArray() };
        }

        if (!await store.TryBeginAsync(sale, basket.Revision, limit))
        {
            return null;
        }

        if (sale.State == SaleState.Done)
        {
            return sale.ReadAnswer();
        }

        var bill = new Bill(ChargeFor(sale, priced, request, customer), priced.TotalWithoutOnce.ToMoney());
        return await WaitAsync(sale.Key, inFlight.Begin(sale.Key, () => runner.SellAsync(sale, bill)), limit);
    }

    private static void Require(CheckoutRequest request, StoredBasket basket, bool isUnderWay)
    {
        if (isUnderWay)
        {
            throw Aborted("Another payment for this basket is under way.", Reasons.PaymentUnderWay);
        }

        if (basket.Items.Count == 0)
        {
            throw new FailedPreconditionException("The basket is empty.");
        }

        if (request.BasketVersion.Length > 0 && request.BasketVersion != basket.Version)
        {
            throw Aborted("The basket has changed since it was shown.", Reasons.BasketChanged);
        }
    }

    private async Task<PricedBasket> PriceAsync(StoredBasket basket, Caller customer, CancellationToken limit)
    {
        try
        {
            return await pricing.PriceAsync(basket, customer, limit);
        }
        catch (PeerException exception)
        {
            // Nothing has begun: the same key may be used again.
            throw new UnavailableException("The basket cannot be priced at present. Nothing was charged.", exception);
        }
    }

    private static CheckoutResponse? Refusal(PricedBasket priced, CheckoutRequest request)
    {
        if (priced.Shortages().ToList() is { Count: > 0 } shortages)
        {
            return new CheckoutResponse { Outcome = SaleOutcome.OutOfStock, Shortages = { shortages } };
        }

        // A total that has fallen is charged as it is now.
        var agreed = request.ExpectedTotal.Cents;
        if (priced.Total.Cents <= agreed)
        {
            return null;
        }

        var isForUse = priced.Standing == OnceStanding.Used && priced.TotalWithOnce.Cents <= agreed;
        return new CheckoutResponse
        {
            Outcome = isForUse ? SaleOutcome.PromotionUsed : SaleOutcome.PriceRisen,
            Total = priced.Total.ToMoney(),
        };
    }

    private static ChargeRequest ChargeFor(Sale sale, PricedBasket priced, CheckoutRequest request, Caller customer) => new()
    {
        IdempotencyKey = sale.Key,
        Lines =
        {
            priced.Lines.Select(line => new OrderLine
            {
                BookId = line.Item.BookId,
                Title = line.Sellable!.Title,
                Quantity = line.Item.Quantity,
                UnitPriceCents = line.UnitCents,
            }),
        },
        Total = priced.Total.ToMoney(),
        Card = request.Card,
        Address = request.Address,
        Email = request.Email,
        ReservationId = sale.ReservationId,
        CustomerId = customer.HasAccount ? customer.Subject : "",
        Discounts =
        {
            priced.Discounts.Select(discount => new OrderDiscount
            {
                PromotionId = discount.Promotion.PromotionId,
                Name = discount.Promotion.Name,
                Reason = discount.Reason,
                AmountCents = discount.Cents,
            }),
        },
        BuyTwoGetOneFreePromo = priced.Discounts.Any(discount => discount.IsOncePerCustomer),
    };

    private Task<CheckoutResponse?> WaitAsync(string key, CancellationToken limit) =>
        inFlight.Find(key) is { } task ? WaitAsync(key, task, limit) : LookAsync(key, limit);

    private async Task<CheckoutResponse?> WaitAsync(string key, Task<CheckoutResponse?> task, CancellationToken limit)
    {
        try
        {
            return await task.WaitAsync(limit) ?? await LookForAWhileAsync(key, limit);
        }
        catch (Exception exception) when (exception is not (InvalidArgumentException or OperationCanceledException))
        {
            // Where the sale stands is in its row; the recovery carries it on from there.
            LogBrokenOff(key, exception);
            return await LookForAWhileAsync(key, limit);
        }
    }

    /// <summary>Looks for the answer of a sale that was put off, or broke off: the recovery is at it soon.</summary>
    private async Task<CheckoutResponse?> LookForAWhileAsync(string key, CancellationToken limit)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(limit);
        patience.CancelAfter(PatienceWhenPutOff);
        return await LookAsync(key, patience.Token);
    }

    /// <summary>Looks for the answer until it is there: another process, or the recovery, is at it.</summary>
    /// <returns>The answer; null when there is no such sale any more, since its request was refused.</returns>
    private async Task<CheckoutResponse?> LookAsync(string key, CancellationToken limit)
    {
        var pause = FirstLook;
        while (await store.FindAsync(key, limit) is { } sale)
        {
            if (sale.ReadAnswer() is { } answer)
            {
                return answer;
            }

            await Task.Delay(pause, time, limit);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestLook.Ticks));
        }

        return null;
    }

    [LoggerMessage(EventName = "SaleBrokenOff", Level = LogLevel.Error, Message = "Sale {Key} broke off and will be carried on")]
    private partial void LogBrokenOff(string key, Exception exception);
}
