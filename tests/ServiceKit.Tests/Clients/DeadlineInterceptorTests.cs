using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Clients;

public sealed class DeadlineInterceptorTests
{
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Call_without_a_deadline_gets_the_default()
    {
        await using var backend = await Backend.StartAsync();
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}", null, "--deadline-ms", "90000");
        await caller.Client.ReadAsync(new SampleMessage());
        AssertNear(TimeSpan.FromSeconds(90), Assert.Single(backend.Deadlines));
    }

    [Fact]
    public async Task Call_with_a_deadline_keeps_it()
    {
        await using var backend = await Backend.StartAsync();
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        await caller.Client.ReadAsync(new SampleMessage(), deadline: DateTime.UtcNow.AddSeconds(60));
        await caller.Client.ReadAsync(new SampleMessage(), deadline: DateTime.Now.AddSeconds(60));
        Assert.All(backend.Deadlines, deadline => AssertNear(TimeSpan.FromSeconds(60), deadline));
    }

    [Fact]
    public async Task Call_that_opts_out_has_none()
    {
        await using var backend = await Backend.StartAsync();
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}");
        using var call = caller.Client.Listen(new SampleMessage(), deadline: DateTime.MaxValue);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(DateTime.MaxValue, Assert.Single(backend.Deadlines));
    }

    [Fact]
    public async Task Call_default_deadline_passes_with_DEADLINE_EXCEEDED()
    {
        await using var backend = await Backend.StartAsync();
        backend.Answer = NeverAsync;
        await using var caller = Caller.Of($"127.0.0.1:{backend.Port}", null, "--deadline-ms", "200");
        Assert.Equal(StatusCode.DeadlineExceeded, (await caller.FailAsync(client => client.ReadAsync(new SampleMessage()))).StatusCode);
    }

    [Fact]
    public async Task Call_made_for_an_incoming_call_takes_its_deadline()
    {
        await using var backend = await Backend.StartAsync();
        await using var relay = await StartRelayAsync(backend);
        using var channel = relay.OpenChannel();
        await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage(), deadline: DateTime.UtcNow.AddSeconds(30));
        AssertNear(TimeSpan.FromSeconds(30), Assert.Single(backend.Deadlines));
    }

    [Fact]
    public async Task Call_made_for_an_incoming_call_that_has_more_time_keeps_its_own()
    {
        await using var backend = await Backend.StartAsync();
        await using var relay = await StartRelayAsync(backend);
        using var channel = relay.OpenChannel();
        await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage(), deadline: DateTime.UtcNow.AddSeconds(600));
        AssertNear(TimeSpan.FromSeconds(90), Assert.Single(backend.Deadlines));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_made_for_an_incoming_call_is_cancelled_with_it(bool ownToken)
    {
        await using var backend = await Backend.StartAsync();
        var (arrived, cancelled) = Watch(backend);
        await using var relay = await StartRelayAsync(backend);
        using var channel = relay.OpenChannel();
        using var leave = new CancellationTokenSource();
        var call = new SampleService.SampleServiceClient(channel).ReadAsync(
            new SampleMessage { Text = ownToken ? Relay.OwnToken : "" }, cancellationToken: leave.Token);
        await arrived;
        await leave.CancelAsync();
        await cancelled.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
    }

    [Fact]
    public async Task Call_made_for_a_page_is_cancelled_when_the_browser_leaves()
    {
        await using var backend = await Backend.StartAsync();
        var (arrived, cancelled) = Watch(backend);
        await using var relay = await StartRelayAsync(backend);
        using var browser = new HttpClient { BaseAddress = relay.WebAddress };
        using var leave = new CancellationTokenSource();
        var page = browser.GetAsync(new Uri("/", UriKind.Relative), leave.Token);
        await arrived;
        await leave.CancelAsync();
        await cancelled.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => page);
    }

    private static (Task Arrived, Task Cancelled) Watch(Backend backend)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        backend.Answer = async (request, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            arrived.SetResult();
            return await NeverAsync(request, context);
        };
        return (arrived.Task, cancelled.Task);
    }

    private static async Task<SampleMessage> NeverAsync(SampleMessage request, ServerCallContext context)
    {
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return request;
    }

    private static void AssertNear(TimeSpan expected, DateTime deadline) =>
        Assert.InRange(deadline, DateTime.UtcNow + expected - Precision - TimeSpan.FromSeconds(2), DateTime.UtcNow + expected + Precision);

    private static async Task<ServiceApplication> StartRelayAsync(Backend backend)
    {
        var builder = TestApplication.CreateBuilder("--http-port", "0", "--backend-host", $"127.0.0.1:{backend.Port}", "--deadline-ms", "90000");
        builder.AddWeb();
        builder.AddClient<SampleService.SampleServiceClient>("Backend");
        builder.Services.AddSingleton<Relay>();
        var application = builder.Build();
        application.MapGrpcService<Relay>(Role.Anyone);
        application.MapWeb(web => web.MapGet(
            "/", async (SampleService.SampleServiceClient client) => Results.Text((await client.ReadAsync(new SampleMessage())).Text)));
        await application.StartAsync();
        return application;
    }

    /// <summary>Passes calls on.</summary>
    internal sealed class Relay(SampleService.SampleServiceClient client) : SampleService.SampleServiceBase
    {
        public const string OwnToken = "own token";

        public override async Task<SampleMessage> Read(SampleMessage request, ServerCallContext context)
        {
            using var own = new CancellationTokenSource();
            return await client.ReadAsync(request, cancellationToken: request.Text == OwnToken ? own.Token : CancellationToken.None);
        }
    }
}
