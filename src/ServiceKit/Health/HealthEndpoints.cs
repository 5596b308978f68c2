using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Http;

namespace BooksForYou.ServiceKit.Health;

/// <summary>The same answers over HTTP: 200 SERVING or 503 NOT_SERVING.</summary>
internal sealed class HealthEndpoints(HealthState state)
{
    private const string LivePath = "/healthz/live";
    private const string ReadyPath = "/healthz/ready";

    /// <summary>Answers a health check; null when the request is none.</summary>
    public Task? TryHandle(HttpContext context) => context.Request.Path.Value switch
    {
        LivePath => Answer(context, HealthState.Liveness),
        ReadyPath => Answer(context, HealthState.Readiness),
        _ => null,
    };

    private Task Answer(HttpContext context, string service)
    {
        CallSpans.Untrace();
        var response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        var serving = state.Current.StatusOf(service) == HealthCheckResponse.Types.ServingStatus.Serving;
        response.StatusCode = serving ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(serving ? "SERVING\n" : "NOT_SERVING\n");
    }
}
