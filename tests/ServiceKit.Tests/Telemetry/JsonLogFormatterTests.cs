using System.Diagnostics;
using System.Text.Json;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class JsonLogFormatterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, 891, TimeSpan.FromHours(2));

    private readonly JsonLogFormatter _formatter = new(new FixedTime(Now));
    private readonly LoggerExternalScopeProvider _scopes = new();

    [Fact]
    public void Write_entry_is_one_line_with_everything()
    {
        using var activity = new Activity("page").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var scope = _scopes.Push(new Dictionary<string, object?> { ["order"] = 42L, ["RequestPath"] = "/reset/secret" });
        using var words = _scopes.Push("in words");

        var json = Write(
            new InvalidOperationException("broken\nin two"),
            new("Book", "Dune \"2\"\n"),
            new("Count", 3),
            new("Ratio", 0.5),
            new("Open", true),
            new("None", null));

        Assert.Equal("2026-03-04T03:06:07.891000Z", json.GetProperty("timestamp").GetString());
        Assert.Equal("warn", json.GetProperty("level").GetString());
        Assert.Equal("Books.Category", json.GetProperty("category").GetString());
        Assert.Equal("BookLost", json.GetProperty("event").GetString());
        Assert.Equal("the message", json.GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("span_id").GetString());
        var state = json.GetProperty("state");
        Assert.Equal("Dune \"2\"\n", state.GetProperty("Book").GetString());
        Assert.Equal(3, state.GetProperty("Count").GetInt32());
        Assert.Equal(0.5, state.GetProperty("Ratio").GetDouble());
        Assert.True(state.GetProperty("Open").GetBoolean());
        Assert.Equal(JsonValueKind.Null, state.GetProperty("None").ValueKind);
        Assert.False(state.TryGetProperty("{OriginalFormat}", out _));
        Assert.Equal(42, json.GetProperty("scopes")[0].GetProperty("order").GetInt32());
        Assert.DoesNotContain("secret", json.ToString(), StringComparison.Ordinal);
        Assert.Equal("in words", json.GetProperty("scopes")[1].GetString());
        Assert.Contains("broken\nin two", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_no_trace_scope_or_exception_leaves_them_out()
    {
        var json = Write(null);

        Assert.Equal(
            ["timestamp", "level", "category", "event", "message", "state"],
            json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Write_number_that_JSON_has_not_is_text()
    {
        var json = Write(null, new KeyValuePair<string, object?>("Ratio", double.NaN));

        Assert.Equal("NaN", json.GetProperty("state").GetProperty("Ratio").GetString());
    }

    private JsonElement Write(Exception? exception, params List<KeyValuePair<string, object?>> state)
    {
        state.Add(new("{OriginalFormat}", "the {Message}"));
        var entry = new LogEntry<List<KeyValuePair<string, object?>>>(
            LogLevel.Warning, "Books.Category", new EventId(7, "BookLost"), state, exception, (_, _) => "the message");
        using var writer = new StringWriter();

        _formatter.Write(entry, _scopes, writer);

        var text = writer.ToString();
        Assert.EndsWith(Environment.NewLine, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.TrimEnd());
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
