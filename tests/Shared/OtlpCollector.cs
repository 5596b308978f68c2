using System.Net;
using System.Text;
using BooksForYou.ServiceKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.Tests;

/// <summary>Stands for an OpenTelemetry collector: takes what is sent, over either protocol, and lets a test look for the texts in
/// it.</summary>
internal sealed class OtlpCollector : Collector<OtlpCollector.Export>, IAsyncDisposable
{
    private const int FrameHead = 5;

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

    /// <summary>One request of an exporter.</summary>
    /// <param name="Path">Where it was sent to, which names the signal.</param>
    /// <param name="Body">What was sent, without the head of gRPC's frame.</param>
    internal sealed record Export(string Path, byte[] Body)
    {
        /// <summary>What was sent, as far as it is text.</summary>
        public string Content { get; } = Encoding.UTF8.GetString(Body);

        /// <inheritdoc/>
        public override string ToString() => $"{Path}: {Body.Length} bytes";
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType!.StartsWith("application/grpc", StringComparison.Ordinal);
        Add(new Export(context.Request.Path.Value!, body.ToArray()[(isGrpc ? FrameHead : 0)..]));
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[FrameHead]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
