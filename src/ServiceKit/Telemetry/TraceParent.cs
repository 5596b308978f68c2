using System.Diagnostics;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// The trace that a request belongs to, as a row keeps it that somebody works on later: a mail to send, an entry of a feed, a sale to carry on. It is
/// written as the header <c>traceparent</c> is (<see href="https://www.w3.org/TR/trace-context/#traceparent-header"/>), so that whoever works on the row
/// goes on with the same trace, and logs the same correlation id.
/// </summary>
public static class TraceParent
{
    /// <summary>The trace of now; empty where there is none.</summary>
    public static string Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : "";

    /// <summary>Goes on with a trace until the result is disposed of. Where no traces are collected, the log has its id all the same.</summary>
    /// <param name="traceParent">The trace; empty or no such thing for none.</param>
    /// <param name="name">What is done, as the name of the span.</param>
    /// <returns>The span; null where there is no trace to go on with.</returns>
    public static Activity? Continue(string traceParent, string name)
    {
        if (!ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent))
        {
            return null;
        }

        return CallSpans.Source.StartActivity(name, ActivityKind.Consumer, parent)
            ?? new Activity(name).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
    }
}
