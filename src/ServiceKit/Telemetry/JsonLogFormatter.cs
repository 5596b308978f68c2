using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Writes each log entry as one line of JSON, for whatever collects the output of a container.</summary>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "booksforyou-json";

    // The template of the message, which is there with its values, and the path of the request from the web server's scope: a path may hold
    // what only its sender should know, such as the token of a link in an e-mail.
    private static readonly FrozenSet<string> LeftOut = FrozenSet.Create(StringComparer.Ordinal, "{OriginalFormat}", "RequestPath");

    // Log lines go to no web page: people read them, and names keep their letters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            var now = time.GetUtcNow().UtcDateTime;
            json.WriteString("timestamp", now.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", Level(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            if (logEntry.EventId.Name is { } eventName)
            {
                json.WriteString("event", eventName);
            }

            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteTrace(json);
            WriteState(json, "state", logEntry.State);
            WriteScopes(json, scopeProvider);
            if (logEntry.Exception is not null)
            {
                json.WriteString("exception", logEntry.Exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }
    }

    private static void WriteState(Utf8JsonWriter json, string name, object? state)
    {
        if (state is not IReadOnlyCollection<KeyValuePair<string, object?>> values || values.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        WriteValues(json, values);
        json.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopes)
    {
        if (scopes is null)
        {
            return;
        }

        var state = new ScopeState(json);
        scopes.ForEachScope(
            static (scope, state) =>
            {
                state.Begin();
                if (scope is IReadOnlyCollection<KeyValuePair<string, object?>> values)
                {
                    state.Json.WriteStartObject();
                    WriteValues(state.Json, values);
                    state.Json.WriteEndObject();
                }
                else
                {
                    state.Json.WriteStringValue(scope?.ToString());
                }
            },
            state);
        state.End();
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyCollection<KeyValuePair<string, object?>> values)
    {
        foreach (var (key, value) in values)
        {
            if (!LeftOut.Contains(key))
            {
                WriteValue(json, key, value);
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(key);
                break;
            case bool truth:
                json.WriteBoolean(key, truth);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double or float when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteNumber(key, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                json.WriteNumber(key, number);
                break;
            default:
                json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Opens the array only for an entry that has scopes.</summary>
    private sealed class ScopeState(Utf8JsonWriter json)
    {
        private bool _open;

        public Utf8JsonWriter Json => json;

        public void Begin()
        {
            if (!_open)
            {
                json.WriteStartArray("scopes");
                _open = true;
            }
        }

        public void End()
        {
            if (_open)
            {
                json.WriteEndArray();
            }
        }
    }
}
