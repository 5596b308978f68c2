namespace BooksForYou.Inventory.Import;

/// <summary>A row as it was read: what it says, or what is wrong with it.</summary>
/// <param name="Line">The line of the file that it begins on; the first is 1.</param>
/// <param name="Fields">Its fields; none when it could not be taken apart.</param>
/// <param name="Row">What it says; null when something is wrong.</param>
/// <param name="Problem">What is wrong, for the person who mends it; null when nothing is.</param>
internal sealed record ReadRow(long Line, IReadOnlyList<string> Fields, ImportRow? Row, string? Problem);
