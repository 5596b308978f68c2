namespace BooksForYou.Marketplace.Covers;

/// <summary>Text that has been set into lines.</summary>
/// <param name="Size">The font size in units of the cover.</param>
/// <param name="Face">How it is set.</param>
/// <param name="Lines">The lines, without spaces at their ends.</param>
internal sealed record TypesetText(double Size, Typeface Face, IReadOnlyList<string> Lines)
{
    /// <summary>From the top of the first line's capitals to the foot of the last line, in units of the cover.</summary>
    public double Height => Lines.Count == 0 ? 0 : Size * (1 + ((Lines.Count - 1) * Face.Leading));
}
