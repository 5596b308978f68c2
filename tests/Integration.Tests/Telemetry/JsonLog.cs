using System.Text.Json;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>The log of a program, a JSON object a line.</summary>
internal static class JsonLog
{
    /// <summary>The entries so far. Lines that are no entries are what a program says before it has a log.</summary>
    public static IReadOnlyList<Entry> Read(ProgramRun program) =>
    [
        .. program.Output.Split('\n')
            .Where(line => line.StartsWith("{\"timestamp\"", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(entry => new Entry(Text(entry, "category"), Text(entry, "event"), Text(entry, "trace_id"))),
    ];

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString()! : "";

    /// <summary>What an entry says of itself.</summary>
    internal sealed record Entry(string Category, string Event, string TraceId);
}
