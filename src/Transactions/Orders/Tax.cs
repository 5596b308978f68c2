namespace BooksForYou.Transactions.Orders;

/// <summary>The tax in a price that includes it.</summary>
internal static class Tax
{
    /// <summary>One hundred percent.</summary>
    public const int Whole = 10_000;

    /// <summary>Total × rate ÷ (10000 + rate), in whole cents, halves rounded up.</summary>
    /// <param name="totalCents">The price in cents, tax included; at most 2⁶³ ÷ 20001.</param>
    /// <param name="rateBasisPoints">The rate in hundredths of a percent, from 0 to 10000.</param>
    public static long In(long totalCents, int rateBasisPoints)
    {
        var divisor = Whole + rateBasisPoints;
        return checked((totalCents * rateBasisPoints * 2) + divisor) / (divisor * 2L);
    }
}
