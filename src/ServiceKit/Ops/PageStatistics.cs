using System.Collections.Concurrent;
using System.Diagnostics;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>Counts and times web requests by their route. It stands in front of everything that answers them, behind the routing.</summary>
internal sealed class PageStatistics(RequestStatistics statistics)
{
    private readonly ConcurrentDictionary<(string Method, Endpoint Endpoint), string> _names = new();

    public static void Use(ListenerPipeline web, RequestStatistics statistics) => web.Use(new PageStatistics(statistics).InvokeAsync);

    private async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // Now: an error page has a route of its own, and nobody asked for that.
        var name = NameOf(http);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            statistics.Answered(name, http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    private string NameOf(HttpContext http)
    {
        var method = HttpMethods.GetCanonicalizedValue(http.Request.Method);
        return http.GetEndpoint() is RouteEndpoint endpoint && (HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method))
            ? _names.GetOrAdd((method, endpoint), static key => $"{key.Method} /{((RouteEndpoint)key.Endpoint).RoutePattern.RawText?.TrimStart('/')}")
            : MethodNames.Other;
    }
}
