using System.Diagnostics.Metrics;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>Reads the queues of this process every few seconds, so that no question about them ever reaches a database.</summary>
internal sealed partial class QueueMonitor : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly QueueGauge[] _queues;
    private readonly StartupState _startup;
    private readonly TimeProvider _time;
    private readonly IServiceProvider _services;
    private readonly ILogger<QueueMonitor> _logger;

    public QueueMonitor(
        IEnumerable<QueueGauge> queues, StartupState startup, TimeProvider time, IServiceProvider services, IMeterFactory meters, ILogger<QueueMonitor> logger)
    {
        (_queues, _startup, _time, _services, _logger) = ([.. queues], startup, time, services, logger);
        var meter = meters.Create(CallMetrics.SourceName);
        meter.CreateObservableGauge("booksforyou.queue.length", () => Measure(isTime: false), "{item}", "What waits in a service.");
        meter.CreateObservableGauge("booksforyou.feed.lag", () => Measure(isTime: true), "s", "How long a follower of a feed has been behind.");
    }

    /// <summary>The queues.</summary>
    public IReadOnlyList<QueueGauge> Queues => _queues;

    /// <summary>Reads each queue once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _queues)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Limit);
                queue.Set(await queue.ReadAsync(_services, limit.Token).AsTask().WaitAsync(limit.Token), _time);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                queue.Lose();
                LogUnread(queue.Service, queue.Name, exception.GetType().Name);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _startup.Serving.WaitAsync(stoppingToken);
        while (_queues.Length > 0)
        {
            await ReadAsync(stoppingToken);
            await Task.Delay(Pause, _time, stoppingToken);
        }
    }

    private IEnumerable<Measurement<double>> Measure(bool isTime)
    {
        foreach (var queue in _queues)
        {
            if (queue.Unit == OpsModule.Seconds == isTime && queue.Length is { } length)
            {
                yield return new(length, new("service", queue.Service), new(isTime ? "feed" : "queue", queue.Name));
            }
        }
    }

    // A database that is away is told of by the readiness check.
    [LoggerMessage(EventName = "QueueUnread", Level = LogLevel.Debug, Message = "{Service}: how many {Queue} wait could not be read ({ExceptionType})")]
    private partial void LogUnread(string service, string queue, string exceptionType);
}
