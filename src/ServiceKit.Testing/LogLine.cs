using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>One entry of the log.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Category">Who wrote it.</param>
/// <param name="Event">The event's name, or null if it has none.</param>
/// <param name="Message">The text with its values.</param>
/// <param name="Values">The values by name.</param>
/// <param name="Exception">The exception that was logged, if any.</param>
public sealed record LogLine(
    LogLevel Level, string Category, string? Event, string Message, IReadOnlyDictionary<string, object?> Values, Exception? Exception)
{
    /// <summary>Gives a value as text, or null if there is none of that name.</summary>
    /// <param name="name">The value's name in the message's template.</param>
    public string? this[string name] => Values.TryGetValue(name, out var value) ? value?.ToString() : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Category} {Event}: {Message} {Exception}";
}
