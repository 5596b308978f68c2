namespace BooksForYou.Marketplace.Covers;

/// <summary>A tile that repeats over a field.</summary>
/// <param name="Width">The tile's width in units of the cover.</param>
/// <param name="Height">The tile's height in units of the cover.</param>
/// <param name="Turn">How far the field is turned, in degrees clockwise.</param>
/// <param name="Drawing">The tile's drawing, with <c>$a</c> and <c>$b</c> for its colours.</param>
internal sealed record Pattern(int Width, int Height, int Turn, string Drawing);
