using BooksForYou.Contracts.Ops.V1;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Telemetry;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>Writes down what the process knows about itself, from memory.</summary>
internal sealed class ProcessReporter(
    HostedServices hosted,
    HealthState health,
    RequestStatistics requests,
    QueueMonitor queues,
    RecentExceptions exceptions,
    TimeProvider time)
{
    private readonly string _instanceId = Guid.NewGuid().ToString();
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public ProcessReport Read()
    {
        var report = new ProcessReport
        {
            InstanceId = _instanceId,
            Version = TelemetryResource.Version,
            StartTime = _started.ToTimestamp(),
            ReportTime = time.GetUtcNow().ToTimestamp(),
            Ready = health.Current.IsReady,
            IntervalSeconds = Hour.IntervalSeconds,
        };
        report.Services.AddRange(hosted.Names);
        report.LatencyBounds.AddRange(LatencyScale.Bounds);
        report.Requests.AddRange(requests.Read());
        report.Queues.AddRange(queues.Queues.Select(queue => queue.Describe(time)));
        report.Exceptions.AddRange(exceptions.Read().Select(noted => new RecentException
        {
            Time = noted.Time.ToTimestamp(),
            Type = noted.Type,
            Source = noted.Source,
            CorrelationId = noted.CorrelationId,
        }));
        return report;
    }
}
