using System.Net;
using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using ServingStatus = BooksForYou.Contracts.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace BooksForYou.ServiceKit.Tests.Health;

[Collection(nameof(ProcessWideEnvironment))]
public sealed class HealthTests
{
    private static readonly string[] Fast = ["--readiness-interval", "0.02", "--readiness-timeout", "0.2"];

    [Theory]
    [InlineData("")]
    [InlineData("liveness")]
    [InlineData("readiness")]
    [InlineData("Sample")]
    [InlineData("booksforyou.sample.v1.SampleService")]
    [InlineData("grpc.health.v1.Health")]
    public async Task Check_known_name_is_SERVING(string service)
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        Assert.Equal(ServingStatus.Serving, await CheckAsync(channel, service));
    }

    [Fact]
    public async Task Check_unknown_name_is_NOT_FOUND()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        var exception = await Assert.ThrowsAsync<RpcException>(() => CheckAsync(channel, "sample"));
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task Watch_unknown_name_is_SERVICE_UNKNOWN_and_goes_on()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var watch = new Contracts.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "nobody" });
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        var next = watch.ResponseStream.MoveNext(CancellationToken.None);
        Assert.Equal(ServingStatus.Serving, await CheckAsync(channel, ""));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task Watch_every_change_is_sent_to_every_watcher()
    {
        var isReady = true;
        await using var application = await TestApplication.StartSampleAsync(
            builder => builder.AddReadiness("shelf", (_, _) => ValueTask.FromResult(Volatile.Read(ref isReady))), Fast);
        using var channel = application.OpenChannel();
        var client = new Contracts.Health.V1.Health.HealthClient(channel);
        var watches = Enumerable.Range(0, 20).Select(_ => client.Watch(new HealthCheckRequest { Service = "readiness" })).ToList();
        using var liveness = client.Watch(new HealthCheckRequest { Service = "liveness" });
        Assert.Equal(ServingStatus.Serving, await NextAsync(liveness));
        Assert.All(await Task.WhenAll(watches.Select(NextAsync)), status => Assert.Equal(ServingStatus.Serving, status));

        Volatile.Write(ref isReady, false);
        Assert.All(await Task.WhenAll(watches.Select(NextAsync)), status => Assert.Equal(ServingStatus.NotServing, status));
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(channel, "Sample"));
        Assert.Equal(ServingStatus.Serving, await CheckAsync(channel, "liveness"));

        Volatile.Write(ref isReady, true);
        Assert.All(await Task.WhenAll(watches.Select(NextAsync)), status => Assert.Equal(ServingStatus.Serving, status));
        watches.ForEach(watch => watch.Dispose());
    }

    [Fact]
    public async Task Watch_ends_with_UNAVAILABLE_after_NOT_SERVING_when_the_process_stops()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        using var watch = new Contracts.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        var stopping = application.StopAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        var exception = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        await stopping.WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Readiness_check_that_throws_is_logged_once_and_makes_NOT_SERVING()
    {
        Testing.LogCollector? logs = null;
        await using var application = await TestApplication.StartSampleAsync(
            builder =>
            {
                logs = builder.CollectLogs();
                builder.AddReadiness("shelf", (_, _) => throw new InvalidOperationException("it fell down"));
            },
            Fast);
        using var channel = application.OpenChannel();
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(channel, ""));
        var line = Assert.Single(logs!.Items, line => line.Event == "ReadinessCheckFailed");
        Assert.Contains("shelf failed, it fell down", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_check_that_ignores_its_token_times_out_and_is_not_started_again()
    {
        var runs = 0;
        var hang = new TaskCompletionSource<bool>();
        await using var application = await TestApplication.StartSampleAsync(
            builder => builder.AddReadiness("shelf", (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return new ValueTask<bool>(hang.Task);
            }),
            "--readiness-interval", "0.01", "--readiness-timeout", "0.05");
        using var channel = application.OpenChannel();
        using var watch = new Contracts.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        hang.SetResult(true);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        Assert.InRange(runs, 1, 2);
    }

    [Fact]
    public async Task Check_storm_never_reaches_the_checks()
    {
        var runs = 0;
        await using var application = await TestApplication.StartSampleAsync(
            builder => builder.AddReadiness("shelf", (_, _) => ValueTask.FromResult(Interlocked.Increment(ref runs) > 0)), "--readiness-interval", "3600");
        using var channel = application.OpenChannel();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => CheckAsync(channel, "readiness")));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task WarmUp_under_way_is_alive_and_not_ready_and_serves_nothing_else()
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var application = TestApplication.BuildSample(builder => builder.AddWarmUp("shelf", (_, _) =>
        {
            started.SetResult();
            return finish.Task;
        }));
        var starting = application.StartAsync();
        await started.Task;

        using var channel = application.OpenChannel();
        var client = new SampleService.SampleServiceClient(channel);
        using var browser = new HttpClient { BaseAddress = application.WebAddress };
        Assert.Equal(ServingStatus.Serving, await CheckAsync(channel, "liveness"));
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(channel, "readiness"));
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.ReadAsync(new SampleMessage()));
        Assert.Equal(new Status(StatusCode.Unavailable, "The service is starting."), exception.Status);
        Assert.NotNull(exception.Trailers.Get(UnservedCallInterceptor.Header));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/healthz/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode);
        Assert.False(starting.IsCompleted);

        finish.SetResult();
        await starting;
        Assert.Equal("hello", (await client.ReadAsync(new SampleMessage { Text = "hello" })).Text);
        Assert.Equal(ServingStatus.Serving, await CheckAsync(channel, "readiness"));
    }

    [Fact]
    public async Task WarmUp_that_fails_ends_the_start()
    {
        await using var application = TestApplication.BuildSample(
            builder => builder.AddWarmUp("shelf", (_, _) => throw new InvalidOperationException("it fell down")));
        Assert.Equal("it fell down", (await Assert.ThrowsAsync<InvalidOperationException>(() => application.StartAsync())).Message);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Healthz_answers_on_web_and_metrics_port_in_every_environment(string environment)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", environment);
        try
        {
            var metricsPort = FreePort.Next();
            var isReady = true;
            await using var application = await TestApplication.StartSampleAsync(
                builder =>
                {
                    Assert.Equal(environment, builder.Environment.EnvironmentName);
                    builder.Configuration["METRICS_PORT"] = $"{metricsPort}";
                    builder.AddReadiness("shelf", (_, _) => ValueTask.FromResult(Volatile.Read(ref isReady)));
                },
                Fast);
            using var channel = application.OpenChannel();
            using var watch = new Contracts.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest());
            Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
            await AssertHealthAsync(application, metricsPort, HttpStatusCode.OK);

            Volatile.Write(ref isReady, false);
            Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
            await AssertHealthAsync(application, metricsPort, HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", null);
        }
    }

    private static async Task AssertHealthAsync(ServiceApplication application, int metricsPort, HttpStatusCode ready)
    {
        using var client = new HttpClient();
        foreach (var address in new[] { application.WebAddress!, new Uri($"http://localhost:{metricsPort}") })
        {
            using var live = await client.GetAsync(new Uri(address, "/healthz/live"));
            Assert.Equal((HttpStatusCode.OK, "SERVING\n"), (live.StatusCode, await live.Content.ReadAsStringAsync()));
            using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(address, "/healthz/ready")));
            Assert.Equal(ready, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        using var page = await client.GetAsync(new Uri($"http://localhost:{metricsPort}/"));
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static async Task<ServingStatus> CheckAsync(GrpcChannel channel, string service) =>
        (await new Contracts.Health.V1.Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = service })).Status;

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        return watch.ResponseStream.Current.Status;
    }
}
