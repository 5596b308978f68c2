using System.Collections.Concurrent;
using System.Net;
using BooksForYou.ServiceKit.SampleHost;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Clients;

/// <summary>A peer: a bare gRPC server, without the kit, that answers as a test says.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Backend(WebApplication server) => _server = server;

    /// <summary>What it answers with; by default, what it was sent.</summary>
    public Func<SampleMessage, ServerCallContext, Task<SampleMessage>> Answer { get; set; } = (request, _) => Task.FromResult(request);

    /// <summary>The deadlines of the calls that came in.</summary>
    public ConcurrentQueue<DateTime> Deadlines { get; } = [];

    /// <summary>How many calls came in, retries included.</summary>
    public int CallCount => Deadlines.Count;

    public int Port { get; private set; }

    public static async Task<Backend> StartAsync(IPAddress? address = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ListenOptions? listener = null;
        builder.WebHost.ConfigureKestrel(options => options.Listen(
            address ?? IPAddress.Loopback, port, options => (listener = options).Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<ScriptedSamples>();
        var server = builder.Build();
        var backend = new Backend(server);
        server.Services.GetRequiredService<ScriptedSamples>().Backend = backend;
        server.MapGrpcService<ScriptedSamples>();
        await server.StartAsync();
        backend.Port = listener!.IPEndPoint!.Port;
        return backend;
    }

    public async ValueTask DisposeAsync()
    {
        // At once: clients keep their connections open for as long as they are let.
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private sealed class ScriptedSamples : SampleService.SampleServiceBase
    {
        public Backend? Backend { get; set; }

        public override Task<SampleMessage> Read(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

        public override Task<SampleMessage> Put(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

        public override Task<SampleMessage> Write(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

        public override async Task Listen(SampleMessage request, IServerStreamWriter<SampleMessage> responseStream, ServerCallContext context) =>
            await responseStream.WriteAsync(await AnswerAsync(request, context));

        private Task<SampleMessage> AnswerAsync(SampleMessage request, ServerCallContext context)
        {
            Backend!.Deadlines.Enqueue(context.Deadline);
            return Backend.Answer(request, context);
        }
    }
}
