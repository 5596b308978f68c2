using System.Globalization;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Hands each request to what answers on the port it came in by.</summary>
internal sealed class RequestDispatch(
    Listeners listeners,
    StartupState startup,
    HealthEndpoints health,
    RequestDelegate grpc,
    RequestDelegate web)
{
    private static readonly PathString HealthService = "/grpc.health.v1.Health";

    // By the port of the connection: the Host header is whatever the caller wrote.
    public Task Invoke(HttpContext context)
    {
        var port = context.Connection.LocalPort;
        if (port == listeners.GrpcPort)
        {
            return startup.IsComplete || context.Request.Path.StartsWithSegments(HealthService)
                ? grpc(context)
                : AnswerNotYetAsync(context, isGrpc: true);
        }

        if (port == listeners.HealthPort)
        {
            return context.Request.Path.StartsWithSegments(HealthService) ? grpc(context) : AnswerElsewhereAsync(context);
        }

        if (health.TryHandle(context) is { } answer)
        {
            return answer;
        }

        if (port == listeners.ManagementPort)
        {
            if (context.Request.Path.Equals(MetricsEndpoint.Path, StringComparison.Ordinal))
            {
                return MetricsEndpoint.Handle(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return startup.IsComplete ? web(context) : AnswerNotYetAsync(context, isGrpc: false);
    }

    private static Task AnswerElsewhereAsync(HttpContext context) =>
        AnswerGrpcAsync(context.Response, StatusCode.Unimplemented, "This port answers health checks only.");

    private static Task AnswerGrpcAsync(HttpResponse response, StatusCode code, string message)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = message;
        return response.CompleteAsync();
    }

    // While the schema is being brought up to date there is nothing to answer from.
    private static Task AnswerNotYetAsync(HttpContext context, bool isGrpc)
    {
        var response = context.Response;
        if (isGrpc)
        {
            response.Headers[UnservedCallInterceptor.Header] = "starting";
            return AnswerGrpcAsync(response, StatusCode.Unavailable, "The service is starting.");
        }

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "1";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("The service is starting.");
    }
}
