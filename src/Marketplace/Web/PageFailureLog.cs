using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Diagnostics;

namespace BooksForYou.Marketplace.Web;

/// <summary>Writes the exception that broke a page into the log, once, with the correlation id that the visitor sees.</summary>
internal sealed partial class PageFailureLog(ILogger<PageFailureLog> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        LogFailed(exception, httpContext.Request.Method, httpContext.Request.Path, CorrelationId.Of(httpContext));
        return ValueTask.FromResult(false);
    }

    [LoggerMessage(EventName = "PageFailed", Level = LogLevel.Error, Message = "{Method} {Path} failed. Correlation id {CorrelationId}.")]
    private partial void LogFailed(Exception exception, string method, string path, string correlationId);
}
