using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace BooksForYou.Marketplace.Web;

/// <summary>Writes the exception that broke a page into the log, once, with the correlation id that the visitor sees.</summary>
internal sealed partial class PageFailureLog(ILogger<PageFailureLog> logger) : IExceptionHandler
{
    /// <summary>What connects an error page with the log: the trace id (W3C Trace Context, section 3.2.2.3), or the request's own id where nothing traces.</summary>
    public static string CorrelationIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <inheritdoc/>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        LogFailed(exception, httpContext.Request.Method, httpContext.Request.Path, CorrelationIdOf(httpContext));
        return ValueTask.FromResult(false);
    }

    [LoggerMessage(EventName = "PageFailed", Level = LogLevel.Error, Message = "{Method} {Path} failed. Correlation id {CorrelationId}.")]
    private partial void LogFailed(Exception exception, string method, string path, string correlationId);
}
