namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// The migrations of a service do not fit together, or do not fit the database. Trying again does not help; a person has to look.
/// </summary>
/// <param name="message">What does not fit, and what to do about it.</param>
public sealed class SchemaException(string message) : Exception(message);
