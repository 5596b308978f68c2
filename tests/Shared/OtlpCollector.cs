using System.Net;
using System.Text;
using BooksForYou.ServiceKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

/// <summary>Stands for an OpenTelemetry collector: takes what is sent, over either protocol, and lets a test look for the texts in
/// it.</summary>
internal sealed class OtlpCollector : Collector<(string Path, string Content)>, IAsyncDisposable
{
    private readonly WebApplication _application;

    private OtlpCollector(WebApplication application)
    {
        _application = application;
    }

    public string Address => _application.Urls.First();

    public static async Task<OtlpCollector> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var collector = new OtlpCollector(builder.Build());
        collector._application.Run(collector.TakeAsync);
        await collector._application.StartAsync();
        return collector;
    }

    /// <summary>All that was sent of one signal, as text.</summary>
    public string Sent(string signal) =>
        string.Concat(Items.Where(item => item.Path.Contains(signal, StringComparison.Ordinal)).Select(item => item.Content));

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Add((context.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
        if (context.Request.ContentType!.StartsWith("application/grpc", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
