using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Answers a scrape with all metrics of the process in Prometheus' text format.</summary>
internal static class MetricsEndpoint
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Serves <c>GET /metrics</c>. The caller sees to it that only the metrics port answers it.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/metrics", [HttpMethods.Get, HttpMethods.Head], Handle).WithMetadata(new UntracedAttribute()).DisableHttpMetrics();

    /// <summary>Answers one scrape: 200 with the metrics, or 503 while there is nothing to collect from.</summary>
    public static async Task Handle(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<TelemetryPipeline>().Prometheus?.Scrape() is not { } page)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = ContentType;
        context.Response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(page, context.RequestAborted);
        }
    }
}
