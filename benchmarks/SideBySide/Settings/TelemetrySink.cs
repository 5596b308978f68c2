using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BooksForYou.SideBySide.Settings;

/// <summary>Takes what is sent to an OpenTelemetry collector, over gRPC, and forgets it.</summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    // An empty message: not compressed, no bytes.
    private static readonly byte[] Empty = new byte[5];

    private readonly WebApplication _application;

    private long _bytes;

    private TelemetrySink(WebApplication application) => _application = application;

    public string Address => _application.Urls.First();

    /// <summary>How many bytes have come.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<TelemetrySink> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var sink = new TelemetrySink(builder.Build());
        sink._application.Run(sink.TakeAsync);
        await sink._application.StartAsync(cancellation);
        return sink;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            Interlocked.Add(ref _bytes, read.Buffer.Length);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(Empty, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
