namespace BooksForYou.Chaos.Tests.Running;

/// <summary>A book that is sold in the run.</summary>
/// <param name="BookId">Its number in the catalogue.</param>
/// <param name="PriceCents">What a copy costs.</param>
/// <param name="Copies">How many copies there are at first.</param>
internal sealed record ShelfBook(int BookId, int PriceCents, int Copies)
{
    private const int Scarce = 6;

    /// <summary>The shelf of every run: one half never runs out, the other one soon does.</summary>
    public static IReadOnlyList<ShelfBook> All { get; } =
    [
        .. Enumerable.Range(1, Scarce).Select(number => new ShelfBook(number, (100 * number) + 99, 5 * number)),
        .. Enumerable.Range(Scarce + 1, Scarce).Select(number => new ShelfBook(number, (100 * number) + 99, 100_000)),
    ];

    public bool IsScarce => BookId <= Scarce;
}
