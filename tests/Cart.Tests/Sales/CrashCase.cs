using BooksForYou.Cart.Sales;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Cart.Tests.Sales;

/// <summary>What becomes of a sale of a kind whose process dies at a step. The table in docs/checkout.md has the same rows.</summary>
public sealed record CrashCase(string Sale, string DiesAt, SaleOutcome Outcome)
{
    public const string Paid = "paid";
    public const string Declined = "declined";
    public const string Refused = "refused";
    public const string PromotionUsed = "promotion used";
    public const string TooFew = "short";
    public const string Expired = "expired";
    public const string Gone = "expired, sold out";

    public static readonly IReadOnlyList<CrashCase> All =
    [
        new(Paid, nameof(SaleStep.Begun), SaleOutcome.Interrupted),
        new(Paid, nameof(SaleStep.StockReserved), SaleOutcome.Interrupted),
        new(Paid, nameof(SaleStep.ChargeWritten), SaleOutcome.Interrupted),
        new(Paid, nameof(SaleStep.ChargeAnswered), SaleOutcome.Sold),
        new(Paid, nameof(SaleStep.PaidWritten), SaleOutcome.Sold),
        new(Paid, nameof(SaleStep.StockCommitted), SaleOutcome.Sold),
        new(Paid, nameof(SaleStep.Over), SaleOutcome.Sold),
        new(Declined, nameof(SaleStep.ChargeAnswered), SaleOutcome.Declined),
        new(Declined, nameof(SaleStep.AnswerWritten), SaleOutcome.Declined),
        new(Declined, nameof(SaleStep.StockReleased), SaleOutcome.Declined),
        new(Refused, nameof(SaleStep.ChargeAnswered), SaleOutcome.Interrupted),
        new(PromotionUsed, nameof(SaleStep.ChargeAnswered), SaleOutcome.Interrupted),
        new(PromotionUsed, nameof(SaleStep.AnswerWritten), SaleOutcome.PromotionUsed),
        new(PromotionUsed, nameof(SaleStep.StockReleased), SaleOutcome.PromotionUsed),
        new(TooFew, nameof(SaleStep.StockReserved), SaleOutcome.Interrupted),
        new(TooFew, nameof(SaleStep.AnswerWritten), SaleOutcome.OutOfStock),
        new(TooFew, nameof(SaleStep.StockReleased), SaleOutcome.OutOfStock),
        new(Expired, nameof(SaleStep.ReservationLost), SaleOutcome.Sold),
        new(Expired, nameof(SaleStep.NewReservationWritten), SaleOutcome.Sold),
        new(Expired, nameof(SaleStep.StockCommitted), SaleOutcome.Sold),
        new(Gone, nameof(SaleStep.ReservationLost), SaleOutcome.Refunded),
        new(Gone, nameof(SaleStep.NewReservationWritten), SaleOutcome.Refunded),
        new(Gone, nameof(SaleStep.RefundWritten), SaleOutcome.Refunded),
        new(Gone, nameof(SaleStep.Refunded), SaleOutcome.Refunded),
        new(Gone, nameof(SaleStep.AnswerWritten), SaleOutcome.Refunded),
        new(Gone, nameof(SaleStep.StockReleased), SaleOutcome.Refunded),
    ];

    /// <summary>Every case on every engine.</summary>
    public static IEnumerable<TheoryDataRow<DatabaseDialect, CrashCase>> OnEachEngine() => new DatabaseEngines().SelectMany(
        engine => All.Select(row => new TheoryDataRow<DatabaseDialect, CrashCase>(engine.Data, row) { Skip = engine.Skip }));
}
