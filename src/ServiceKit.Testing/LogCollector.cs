using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>Collects what a host logs. Add it to the host's logging as a provider.</summary>
public sealed class LogCollector : Collector<LogLine>, ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CollectingLogger(this, categoryName);

    private sealed class CollectingLogger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = new Dictionary<string, object?>();
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                values[name] = value;
            }

            collector.Add(new LogLine(logLevel, category, eventId.Name, formatter(state, exception), values, exception));
        }
    }
}
