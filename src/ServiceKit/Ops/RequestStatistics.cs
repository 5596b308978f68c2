using System.Collections.Concurrent;
using BooksForYou.Contracts.Ops.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>What this process has served within the last hour, for <c>OpsService</c>. Only RPCs and routes that exist have a name, so that nobody can
/// fill the memory by asking for others.</summary>
internal sealed class RequestStatistics(TimeProvider time)
{
    private static readonly string[] WebCodes = ["2xx", "3xx", "400", "403", "404", "429", "4xx", "500", "503", "5xx"];

    private readonly ConcurrentDictionary<string, RequestCounts> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RequestCounts> _pages = new(StringComparer.Ordinal);

    /// <summary>Counts a call that was served.</summary>
    /// <param name="method">Its method; null when it did not reach a handler.</param>
    /// <param name="code">How it ended.</param>
    /// <param name="seconds">How long it took.</param>
    public void Served(IMethod? method, StatusCode code, double seconds)
    {
        var name = method is null ? MethodNames.Other : MethodNames.Of(method);
        if (!_calls.TryGetValue(name, out var counts))
        {
            var kind = method is null or { Type: MethodType.Unary } ? RequestKind.Unary : RequestKind.Stream;
            counts = _calls.GetOrAdd(name, new RequestCounts(name, kind, StatusCodeNames.All));
        }

        counts.Add(Hour.IntervalAt(time), StatusCodeNames.IndexOf(code), seconds);
    }

    /// <summary>Counts a web request that was answered.</summary>
    /// <param name="route">The method and the route.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="seconds">How long it took.</param>
    public void Answered(string route, int status, double seconds)
    {
        var counts = _pages.GetOrAdd(route, static name => new RequestCounts(name, RequestKind.Page, WebCodes));
        counts.Add(Hour.IntervalAt(time), IndexOf(status), seconds);
    }

    /// <summary>What was served within the last hour, by name.</summary>
    public IEnumerable<RequestSeries> Read()
    {
        var now = Hour.IntervalAt(time);
        return _calls.Concat(_pages)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.Read(now))
            .Where(series => series.Intervals.Count > 0);
    }

    private static int IndexOf(int status) => status switch
    {
        < 300 => 0,
        < 400 => 1,
        400 => 2,
        403 => 3,
        404 => 4,
        429 => 5,
        < 500 => 6,
        500 => 7,
        503 => 8,
        _ => 9,
    };
}
