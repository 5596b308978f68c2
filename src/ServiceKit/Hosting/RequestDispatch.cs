using System.Diagnostics;
using System.Globalization;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Hands each request to what answers on the port it came in by.</summary>
internal sealed class RequestDispatch(Listeners listeners, Startup startup, HealthEndpoints health, RequestDelegate grpc, RequestDelegate web)
{
    private static readonly PathString HealthService = "/grpc.health.v1.Health";

    /// <summary>Keeps calls waiting outside until there is something to answer from: a schema may still be on its way up to date.</summary>
    public static void UseStartup(IApplicationBuilder grpc, Startup startup) => grpc.Use(next => context =>
        startup.IsComplete || context.Request.Path.StartsWithSegments(HealthService) ? next(context) : AnswerUnavailableAsync(context.Response));

    // By the port of the connection: the Host header is whatever the caller wrote.
    public Task Invoke(HttpContext context)
    {
        var port = context.Connection.LocalPort;
        if (port == listeners.GrpcPort)
        {
            return grpc(context);
        }

        if (health.Find(context.Request.Path) is { } probe)
        {
            LeaveOutOfTelemetry(context);
            return probe(context);
        }

        return port == listeners.ManagementPort ? InvokeManagement(context) : InvokeWeb(context);
    }

    private static Task InvokeManagement(HttpContext context)
    {
        if (context.Request.Path == "/metrics" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            LeaveOutOfTelemetry(context);
            return MetricsEndpoint.Handle(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task InvokeWeb(HttpContext context)
    {
        if (startup.IsComplete)
        {
            return web(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync("The service is starting.");
    }

    private static Task AnswerUnavailableAsync(HttpResponse response)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = "The service is starting.";
        return response.CompleteAsync();
    }

    // Probes and scrapes come every few seconds and would bury the requests of people.
    private static void LeaveOutOfTelemetry(HttpContext context)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
        }

        if (Activity.Current is { } activity && CallSpans.IsCollected(activity))
        {
            CallSpans.Untrace(activity);
        }
    }
}
