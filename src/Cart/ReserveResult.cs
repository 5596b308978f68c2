using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart;

/// <summary>What became of a reservation that was asked for.</summary>
/// <param name="IsHeld">Whether the copies are held.</param>
/// <param name="IsShort">Whether copies are short.</param>
/// <param name="Shortages">Of which books, when Inventory has said so.</param>
internal sealed record ReserveResult(bool IsHeld, bool IsShort, IReadOnlyList<StockShortage> Shortages)
{
    /// <summary>The copies are held.</summary>
    public static readonly ReserveResult Held = new(IsHeld: true, IsShort: false, []);

    /// <summary>The reservation has been given back or has expired; its id cannot be used again.</summary>
    public static readonly ReserveResult Over = new(IsHeld: false, IsShort: false, []);

    /// <summary>Copies are short; none is held.</summary>
    public static ReserveResult Short(IReadOnlyList<StockShortage> shortages) => new(IsHeld: false, IsShort: true, shortages);
}
