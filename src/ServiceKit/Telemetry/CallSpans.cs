using System.Diagnostics;
using BooksForYou.ServiceKit.Errors;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>What spans say of a call (<see href="https://opentelemetry.io/docs/specs/semconv/rpc/grpc/"/>).</summary>
internal static class CallSpans
{
    /// <summary>Where the kit's own spans come from: those of outgoing calls. A served call's span is the web server's, described
    /// further.</summary>
    public static readonly ActivitySource Source = new(CallMetrics.SourceName);

    /// <summary>Whether somebody collects this span. The web server makes activities also when nobody does, to pass the trace on.</summary>
    public static bool IsCollected(Activity activity) => activity.IsAllDataRequested && activity.Source.HasListeners();

    public static void Describe(Activity activity, string method)
    {
        activity.DisplayName = method == MethodNames.Other ? CallAttributes.Grpc : method;
        activity.SetTag(CallAttributes.System, CallAttributes.Grpc);
        activity.SetTag(CallAttributes.Method, method);
    }

    public static void End(Activity activity, StatusCode code)
    {
        var name = StatusCodeNames.Of(code);
        activity.SetTag(CallAttributes.StatusCode, name);
        if (activity.Kind == ActivityKind.Client ? code != StatusCode.OK : IsServerError(code))
        {
            activity.SetTag(CallAttributes.ErrorType, name);
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Keeps the current request out of the traces, and with it what it causes: probes and scrapes come every few seconds and
    /// tell nothing.</summary>
    public static void Untrace()
    {
        if (Activity.Current is { } activity && IsCollected(activity))
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>Whether a code says that the server failed, rather than that the caller asked for what cannot be had.</summary>
    private static bool IsServerError(StatusCode code) => code
        is StatusCode.Unknown
        or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented
        or StatusCode.Internal
        or StatusCode.Unavailable
        or StatusCode.DataLoss;
}
