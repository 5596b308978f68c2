using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Answers a scrape with all metrics of the process in Prometheus' text format.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Answers one scrape: 200 with the metrics, or 503 while there is nothing to collect from. The caller sees to it that only
    /// the
    /// port of the metrics gets here.</summary>
    public static Task Handle(HttpContext context)
    {
        CallSpans.Untrace();
        var response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        if (context.RequestServices.GetRequiredService<TelemetryPipeline>().Prometheus?.Scrape() is not { } page)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        response.ContentType = ContentType;
        response.ContentLength = page.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }
}
