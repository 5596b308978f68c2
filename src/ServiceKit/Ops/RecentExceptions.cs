using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>
/// Remembers the last exceptions that the log has, with level Warning or above: of calls, of pages and of what goes on in the background. Their texts are
/// left to the log, since they may hold anything.
/// </summary>
[ProviderAlias("RecentExceptions")]
internal sealed class RecentExceptions(TimeProvider time) : ILoggerProvider
{
    private const int Remembered = 50;

    private readonly NotedException?[] _ring = new NotedException?[Remembered];
    private readonly Lock _gate = new();
    private long _noted;

    /// <summary>The exceptions, the newest first.</summary>
    public IReadOnlyList<NotedException> Read()
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(1, (int)Math.Min(_noted, Remembered)).Select(back => _ring[(_noted - back) % Remembered]!)];
        }
    }

    public ILogger CreateLogger(string categoryName) => new ExceptionLogger(this, categoryName);

    public void Dispose()
    {
        // What is remembered goes with the process.
    }

    private void Note(string type, string source, string correlationId)
    {
        var noted = new NotedException(time.GetUtcNow(), type, source, correlationId);
        lock (_gate)
        {
            _ring[_noted++ % Remembered] = noted;
        }
    }

    /// <summary>Takes what an entry says of the exception, by the names that the kit's and the pages' own entries have.</summary>
    private sealed class ExceptionLogger(RecentExceptions recent, string category) : ILogger
    {
        private const string Type = "ExceptionType";
        private const string Method = "Method";
        private const string Route = "Route";
        private const string Id = "CorrelationId";
        private const string NoException = "no exception";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            var type = exception?.GetType().FullName ?? Find(values, Type);
            if (!IsEnabled(logLevel) || type is null or NoException)
            {
                return;
            }

            recent.Note(type, SourceOf(values) ?? eventId.Name ?? category, Find(values, Id) ?? Current());
        }

        private static string? SourceOf(IReadOnlyList<KeyValuePair<string, object?>> values) => (Find(values, Method), Find(values, Route)) switch
        {
            ({ } method, { } route) => $"{method} /{route.TrimStart('/')}",
            ({ } method, null) => method,
            _ => null,
        };

        private static string Current() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : "";

        private static string? Find(IReadOnlyList<KeyValuePair<string, object?>> values, string name)
        {
            foreach (var (key, value) in values)
            {
                if (key == name)
                {
                    return value?.ToString();
                }
            }

            return null;
        }
    }
}
