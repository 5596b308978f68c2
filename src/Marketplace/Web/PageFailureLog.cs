using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Diagnostics;

namespace BooksForYou.Marketplace.Web;

/// <summary>
/// Writes the exception that broke a page into the log, once, with the correlation id that the visitor sees. Of the address it writes the route only:
/// the number of an order, and the key of a sale, are for nobody else to read.
/// </summary>
internal sealed partial class PageFailureLog(ILogger<PageFailureLog> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var route = (httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "a page";
        LogFailed(exception, httpContext.Request.Method, route, CorrelationId.Of(httpContext));
        return ValueTask.FromResult(false);
    }

    [LoggerMessage(EventName = "PageFailed", Level = LogLevel.Error, Message = "{Method} {Route} failed. Correlation id {CorrelationId}.")]
    private partial void LogFailed(Exception exception, string method, string route, string correlationId);
}
