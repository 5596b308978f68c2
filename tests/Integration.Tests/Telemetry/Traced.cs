using System.Diagnostics;

namespace BooksForYou.Integration.Tests.Telemetry;

/// <summary>A browser whose requests from now on belong to a trace of their own, as those of a browser with tracing do.</summary>
internal sealed class Traced : IDisposable
{
    private const string Header = "traceparent";

    private readonly HttpClient _web;

    public Traced(HttpClient web)
    {
        _web = web;
        TraceId = ActivityTraceId.CreateRandom().ToHexString();
        web.DefaultRequestHeaders.Add(Header, $"00-{TraceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
    }

    /// <summary>The trace.</summary>
    public string TraceId { get; }

    public void Dispose() => _web.DefaultRequestHeaders.Remove(Header);
}
