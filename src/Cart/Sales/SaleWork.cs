using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf;

namespace BooksForYou.Cart.Sales;

/// <summary>
/// The steps of a sale. Before each step the row says what is done next; whatever happens after that, from the row and from what the
/// other services know the sale can be carried on or undone. docs/checkout.md has the sequence, and what happens where it breaks off.
/// </summary>
internal sealed class SaleWork(SaleStore store, Stock stock, Payments payments, SaleProbe? probe = null)
{
    /// <summary>Holds the copies back.</summary>
    /// <returns>The sale, to be charged or to be released.</returns>
    public async Task<Sale> ReserveAsync(Sale sale, CancellationToken lost)
    {
        await AtAsync(SaleStep.Begun, sale);
        ReserveResult result;
        try
        {
            result = await stock.ReserveAsync(sale.ReservationId, sale.StockLines(), lost);
        }
        catch (PeerException)
        {
            // The copies may be held or not. Nothing was charged, so the customer need not wait until Inventory is back.
            return await DecideAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.Interrupted });
        }

        await AtAsync(SaleStep.StockReserved, sale);
        if (result.IsHeld)
        {
            sale = await store.AdvanceAsync(sale, sale with { State = SaleState.Charging });
            await AtAsync(SaleStep.ChargeWritten, sale);
            return sale;
        }

        return await DecideAsync(sale, result.IsShort
            ? new CheckoutResponse { Outcome = SaleOutcome.OutOfStock, Shortages = { result.Shortages } }
            : new CheckoutResponse { Outcome = SaleOutcome.Interrupted });
    }

    /// <summary>Charges the card.</summary>
    /// <returns>The sale, to be committed or to be released.</returns>
    /// <exception cref="InvalidArgumentException">Card, address or e-mail cannot be right. The key is free again.</exception>
    /// <exception cref="PeerException">It is not known whether the card was charged.</exception>
    public async Task<Sale> ChargeAsync(Sale sale, Bill bill, CancellationToken lost)
    {
        Order? order;
        try
        {
            order = await payments.ChargeAsync(bill.Charge, lost);
        }
        catch (InvalidArgumentException)
        {
            await AtAsync(SaleStep.ChargeAnswered, sale);
            sale = await store.FreeKeyAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.Interrupted }.ToByteArray());
            await ReleaseIfPossibleAsync(sale, lost);
            throw;
        }
        catch (PromotionUsedException)
        {
            await AtAsync(SaleStep.ChargeAnswered, sale);
            return await TellPromotionUsedAsync(sale, bill.TotalWithoutPromotion, lost);
        }

        await AtAsync(SaleStep.ChargeAnswered, sale);
        return await TakeInAsync(sale, order, lost);
    }

    /// <summary>Carries a sale on from whatever its row says.</summary>
    /// <returns>The sale when it is over.</returns>
    /// <exception cref="PeerException">Another service did not answer: to be tried again later.</exception>
    /// <exception cref="LeaseLostException">Somebody else works on it.</exception>
    public async Task<Sale> CarryOnAsync(Sale sale, CancellationToken lost)
    {
        while (sale.State != SaleState.Done)
        {
            sale = sale.State switch
            {
                // The card went with the caller's request; without it the sale can only be undone.
                SaleState.Reserving => await DecideAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.Interrupted }),
                SaleState.Charging => await TakeInAsync(sale, await payments.AbandonAsync(sale.Key, lost), lost),
                SaleState.Committing => await CommitAsync(sale, lost),
                SaleState.Refunding => await RefundAsync(sale, lost),
                _ => await ReleaseAsync(sale, lost),
            };
        }

        await AtAsync(SaleStep.Over, sale);
        return sale;
    }

    private async Task<Sale> TakeInAsync(Sale sale, Order? order, CancellationToken lost)
    {
        switch (order?.State)
        {
            case null:
                return await DecideAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.Interrupted });

            case OrderState.Paid:
                // Were this lost, Transactions would say the same again.
                sale = await store.AdvanceAsync(sale, sale with { State = SaleState.Committing, OrderId = order.OrderId }, soon: true);
                await AtAsync(SaleStep.PaidWritten, sale);
                return sale;

            case OrderState.Declined:
                return await DecideAsync(
                    sale with { OrderId = order.OrderId },
                    new CheckoutResponse { Outcome = SaleOutcome.Declined, OrderId = order.OrderId, DeclineReason = order.DeclineReason });

            case OrderState.Refunding or OrderState.Refunded:
                return await BeginRefundAsync(sale with { OrderId = order.OrderId });

            default:
                // The copies are wanted until it is known.
                await stock.ReserveAsync(sale.ReservationId, sale.StockLines(), lost);
                throw new ChargePendingException();
        }
    }

    // A Charge of the same key that was sent before and is still on its way must not come through when the promotion is given back.
    private async Task<Sale> TellPromotionUsedAsync(Sale sale, Money total, CancellationToken lost) =>
        await payments.AbandonAsync(sale.Key, lost) is { } order
            ? await TakeInAsync(sale, order, lost)
            : await DecideAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.PromotionUsed, Total = total });

    private async Task<Sale> CommitAsync(Sale sale, CancellationToken lost)
    {
        var result = await stock.CommitAsync(sale.ReservationId, lost);
        if (result == CommitResult.Committed)
        {
            await AtAsync(SaleStep.StockCommitted, sale);
            var answer = new CheckoutResponse { Outcome = SaleOutcome.Sold, OrderId = sale.OrderId };
            return await store.FinishSoldAsync(sale, answer.ToByteArray());
        }

        if (result == CommitResult.Over)
        {
            // Only a reservation that can never be committed is replaced: copies cannot be taken twice, whoever else is still at it.
            await AtAsync(SaleStep.ReservationLost, sale);
            sale = await store.AdvanceAsync(sale, sale.WithNewReservation());
            await AtAsync(SaleStep.NewReservationWritten, sale);
        }

        var reserved = await stock.ReserveAsync(sale.ReservationId, sale.StockLines(), lost);
        return reserved.IsShort ? await BeginRefundAsync(sale) : sale;
    }

    private async Task<Sale> BeginRefundAsync(Sale sale)
    {
        sale = await store.AdvanceAsync(sale, sale with { State = SaleState.Refunding });
        await AtAsync(SaleStep.RefundWritten, sale);
        return sale;
    }

    private async Task<Sale> RefundAsync(Sale sale, CancellationToken lost)
    {
        if (await payments.RefundAsync(sale.OrderId!, lost) is null)
        {
            throw new InvalidOperationException($"Order {sale.OrderId} was paid, and Transactions says that it is not.");
        }

        await AtAsync(SaleStep.Refunded, sale);
        return await DecideAsync(sale, new CheckoutResponse { Outcome = SaleOutcome.Refunded, OrderId = sale.OrderId });
    }

    private async Task<Sale> DecideAsync(Sale sale, CheckoutResponse answer)
    {
        var decided = await store.AdvanceAsync(sale, sale with { State = SaleState.Releasing, Answer = answer.ToByteArray() });
        await AtAsync(SaleStep.AnswerWritten, decided);
        return decided;
    }

    private async Task<Sale> ReleaseAsync(Sale sale, CancellationToken lost)
    {
        await stock.ReleaseAsync(sale.ReservationId, lost);
        await AtAsync(SaleStep.StockReleased, sale);
        return await store.AdvanceAsync(sale, sale with { State = SaleState.Done });
    }

    private async Task ReleaseIfPossibleAsync(Sale sale, CancellationToken lost)
    {
        try
        {
            await ReleaseAsync(sale, lost);
        }
        catch (PeerException)
        {
            await store.PostponeAsync(sale);
        }
    }

    private ValueTask AtAsync(SaleStep step, Sale sale) => probe is null ? ValueTask.CompletedTask : probe(step, sale);
}
