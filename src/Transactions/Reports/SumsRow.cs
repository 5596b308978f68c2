namespace BooksForYou.Transactions.Reports;

/// <summary>The paid orders of a day, with a promotion or without it. Amounts are in cents.</summary>
internal sealed class SumsRow
{
    /// <summary>The day in UTC, as <c>2026-05-04</c>.</summary>
    public string Day { get; init; } = "";

    public bool IsWith { get; init; }

    public long Orders { get; init; }

    public long RevenueCents { get; init; }

    public long DiscountCents { get; init; }
}
