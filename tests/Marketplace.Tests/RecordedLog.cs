using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<RecordedEvent> _events = new();

    /// <summary>What has been logged so far, in order.</summary>
    public IReadOnlyList<RecordedEvent> Events => [.. _events];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _events);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<RecordedEvent> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue(new RecordedEvent(category, logLevel, eventId.Name ?? "", formatter(state, exception), exception));
    }
}

/// <summary>One line of a log.</summary>
internal sealed record RecordedEvent(string Category, LogLevel Level, string Name, string Message, Exception? Exception);
