using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Transactions.Tests;

/// <summary>Stands between the service and the test gateway, and does to their requests and answers what networks do.</summary>
internal sealed class GatewayProxy : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private GatewayProxy(WebApplication web) => _web = web;

    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Called before a request is passed on, with method and path; false ends it with a dropped connection.</summary>
    public Func<string, CancellationToken, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>Called before an answer is passed back.</summary>
    public Func<string, CancellationToken, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>Never answers, as long as the caller waits.</summary>
    public static async Task<bool> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return false;
    }

    public static async Task<GatewayProxy> StartAsync(Uri gateway)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var proxy = new GatewayProxy(web);
        web.Run(context => proxy.PassOnAsync(context, gateway));
        await web.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context, Uri gateway)
    {
        var step = $"{context.Request.Method} {context.Request.Path.Value!.Split('/')[^1]}";
        step = step.EndsWith("capture", StringComparison.Ordinal) || step.EndsWith("void", StringComparison.Ordinal) || step.EndsWith("refund", StringComparison.Ordinal)
            ? step
            : context.Request.Method;
        // Read before anything else: the caller may be gone when the request is passed on.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (!await Before(step, context.RequestAborted))
        {
            context.Abort();
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(gateway, context.Request.Path + context.Request.QueryString));
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            context.Abort();
            return;
        }

        using (response)
        {
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (!await After(step, context.RequestAborted))
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await context.Response.Body.WriteAsync(answer);
        }
    }
}
