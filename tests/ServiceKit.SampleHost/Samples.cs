using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.SampleHost;

/// <summary>Answers with what it was sent.</summary>
public sealed partial class Samples(ILogger<Samples> logger) : SampleService.SampleServiceBase
{
    /// <inheritdoc/>
    public override Task<SampleMessage> Read(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

    /// <inheritdoc/>
    public override Task<SampleMessage> Put(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

    /// <inheritdoc/>
    public override Task<SampleMessage> Write(SampleMessage request, ServerCallContext context) => AnswerAsync(request, context);

    /// <inheritdoc/>
    public override async Task Listen(SampleMessage request, IServerStreamWriter<SampleMessage> responseStream, ServerCallContext context)
    {
        for (var sent = 0; request.Count == 0 || sent < request.Count; sent++)
        {
            await responseStream.WriteAsync(new SampleMessage { Text = request.Text, Count = sent + 1 });
            await Task.Delay(request.DelayMs, context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<SampleMessage> Collect(IAsyncStreamReader<SampleMessage> requestStream, ServerCallContext context)
    {
        var count = 0;
        while (await requestStream.MoveNext(CancellationToken.None))
        {
            count++;
        }

        return new SampleMessage { Text = context.GetHttpContext().Request.Path, Count = count };
    }

    /// <inheritdoc/>
    public override async Task Chat(
        IAsyncStreamReader<SampleMessage> requestStream, IServerStreamWriter<SampleMessage> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(CancellationToken.None))
        {
            await responseStream.WriteAsync(requestStream.Current, CancellationToken.None);
        }
    }

    /// <summary>Waits, and says so in the log.</summary>
    public Task WaitAsync(int milliseconds, CancellationToken cancellationToken)
    {
        LogWaiting(logger, milliseconds);
        return Task.Delay(milliseconds, cancellationToken);
    }

    private async Task<SampleMessage> AnswerAsync(SampleMessage request, ServerCallContext context)
    {
        if (request.DelayMs > 0)
        {
            await WaitAsync(request.DelayMs, context.CancellationToken);
        }

        return new SampleMessage(request) { AnsweredAt = DateTime.UtcNow.ToTimestamp() };
    }

    [LoggerMessage(EventId = 1, EventName = "Waiting", Level = LogLevel.Information, Message = "Answering in {Milliseconds} ms")]
    private static partial void LogWaiting(ILogger logger, int milliseconds);
}
