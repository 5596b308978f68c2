namespace BooksForYou.ServiceKit.Testing;

/// <summary>One value that an instrument recorded.</summary>
/// <param name="Instrument">The instrument's name: <c>rpc.server.call.duration</c>.</param>
/// <param name="Value">The value, in the instrument's unit.</param>
/// <param name="Tags">The attributes, by name.</param>
public sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    /// <summary>Gives an attribute as text, or null if there is none of that name.</summary>
    /// <param name="tag">The attribute's name.</param>
    public string? this[string tag] => Tags.TryGetValue(tag, out var value) ? value?.ToString() : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Instrument}{{{string.Join(',', Tags.Select(tag => $"{tag.Key}={tag.Value}"))}}} {Value}";
}
