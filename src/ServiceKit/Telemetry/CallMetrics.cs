using System.Diagnostics;
using System.Diagnostics.Metrics;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// How many calls, how many failed and with which code, and how long they took, by OpenTelemetry's conventions for gRPC
/// (<see href="https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/"/>). A measurement allocates nothing.
/// </summary>
internal sealed class CallMetrics
{
    /// <summary>The name of the kit's meter and of its activity source.</summary>
    public const string SourceName = "BooksForYou.ServiceKit";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Histogram<double> _server;
    private readonly Histogram<double> _client;

    public CallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SourceName);
        _server = meter.CreateHistogram("rpc.server.call.duration", "s", "Duration of the calls that were served.", tags: null, Seconds);
        _client = meter.CreateHistogram("rpc.client.call.duration", "s", "Duration of the calls that were made.", tags: null, Seconds);
    }

    public void Served(double seconds, string method, StatusCode code) => Record(_server, seconds, method, code);

    public void Made(double seconds, string method, StatusCode code) => Record(_client, seconds, method, code);

    private static void Record(Histogram<double> duration, double seconds, string method, StatusCode code)
    {
        if (!duration.Enabled)
        {
            return;
        }

        var name = StatusCodeNames.Of(code);
        var tags = new TagList
        {
            { CallAttributes.System, CallAttributes.Grpc },
            { CallAttributes.Method, method },
            { CallAttributes.StatusCode, name },
        };
        if (code != StatusCode.OK)
        {
            tags.Add(CallAttributes.ErrorType, name);
        }

        duration.Record(seconds, tags);
    }
}
