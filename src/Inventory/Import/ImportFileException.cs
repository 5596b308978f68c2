namespace BooksForYou.Inventory.Import;

/// <summary>The file as a whole cannot be imported.</summary>
/// <param name="message">Why, in one line for the person who started the import.</param>
/// <param name="innerException">What caused it.</param>
internal sealed class ImportFileException(string message, Exception? innerException = null) : Exception(message, innerException);
