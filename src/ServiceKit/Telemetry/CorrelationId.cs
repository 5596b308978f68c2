using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>The id that ties an answer to the log: shown to whoever got an error, and part of every log line about it.</summary>
public static class CorrelationId
{
    /// <summary>Gives the id of a request: the W3C trace id (32 hexadecimal digits) where there is a trace, else the server's own id of
    /// the request.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : context.TraceIdentifier;
    }
}
