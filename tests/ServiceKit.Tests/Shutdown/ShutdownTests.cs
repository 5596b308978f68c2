using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Shutdown;

public sealed class ShutdownTests
{
    [Fact]
    public async Task GetHttpContext_in_a_streaming_call_is_the_request()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var call = new SampleService.SampleServiceClient(channel).Collect();
        await call.RequestStream.WriteAsync(new SampleMessage());
        await call.RequestStream.CompleteAsync();
        var answer = await call;
        Assert.Equal("/booksforyou.sample.v1.SampleService/Collect", answer.Text);
        Assert.Equal(1, answer.Count);
    }

    [Fact]
    public async Task Stream_with_an_end_is_complete()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var call = new SampleService.SampleServiceClient(channel).Listen(new SampleMessage { Count = 3 });
        Assert.Equal(3, await call.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Handler_that_returns_when_told_to_end_is_UNAVAILABLE_for_its_caller()
    {
        var builder = TestApplication.CreateBuilder();
        builder.Services.AddSingleton<Obedient>();
        builder.Configuration["SHUTDOWN_STREAM_GRACE"] = "0";
        await using var application = builder.Build();
        application.MapGrpcService<Obedient>(Role.Anyone);
        await application.StartAsync();
        using var channel = application.OpenChannel();
        using var call = new SampleService.SampleServiceClient(channel).Listen(new SampleMessage());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var stopping = application.StopAsync();
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(new Status(StatusCode.Unavailable, "The server is shutting down."), exception.Status);
        await stopping;
    }

    [Fact]
    public async Task StopAsync_twice_stops_once()
    {
        await using var application = await TestApplication.StartSampleAsync();
        Assert.False(application.Services.GetRequiredService<ShutdownState>().IsStopping);
        await Task.WhenAll(application.StopAsync(), application.StopAsync());
        Assert.True(application.Services.GetRequiredService<ShutdownState>().IsStopping);
    }

    [Fact]
    public async Task CallCounter_counts_calls_in_flight_and_ended()
    {
        await using var application = await TestApplication.StartSampleAsync();
        var counter = application.Services.GetRequiredService<CallCounter>();
        using var channel = application.OpenChannel();
        using var call = new SampleService.SampleServiceClient(channel).Chat();
        await call.RequestStream.WriteAsync(new SampleMessage());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((1, 0), (counter.InFlight, counter.Ended));

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        await application.StopAsync();
        Assert.Equal((0, 1), (counter.InFlight, counter.Ended));
    }

    /// <summary>Returns, as if all were said, when its token is cancelled.</summary>
    internal sealed class Obedient : SampleService.SampleServiceBase
    {
        public override async Task Listen(SampleMessage request, IServerStreamWriter<SampleMessage> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(request);
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
