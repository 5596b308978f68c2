using System.Diagnostics.Metrics;
using BooksForYou.Contracts.Ops.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Ops;

/// <summary>What a process tells of itself, over a socket.</summary>
public sealed class OpsServiceTests
{
    private const string ReadName = "booksforyou.sample.v1.SampleService/Read";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_has_what_was_served_and_by_whom_and_since_when()
    {
        var began = DateTimeOffset.UtcNow;
        await using var process = await Running.StartAsync();
        await process.Sample.ReadAsync(new SampleMessage(), cancellationToken: Cancellation);
        await process.Sample.ReadAsync(new SampleMessage(), cancellationToken: Cancellation);
        await Assert.ThrowsAsync<RpcException>(async () => await process.Sample.PutAsync(new SampleMessage(), cancellationToken: Cancellation));
        await process.CountedAsync(calls: 3);
        using var web = new HttpClient { BaseAddress = process.Application.WebAddress };
        await web.GetStringAsync("/", Cancellation);

        // On one connection a request begins when the one before has been counted.
        using var missing = await web.GetAsync("/no-such-page", Cancellation);
        await web.GetStringAsync("/healthz/ready", Cancellation);

        var report = await process.AskAsync();

        Assert.Equal(["Sample"], report.Services);
        Assert.True(report.Ready);
        Assert.NotEmpty(report.Version);
        Assert.InRange(report.StartTime.ToDateTimeOffset(), began, report.ReportTime.ToDateTimeOffset());
        Assert.Equal([("OK", 2)], Codes(report, ReadName));
        Assert.Equal([("INTERNAL", 1)], Codes(report, "booksforyou.sample.v1.SampleService/Put"));
        Assert.Equal([("2xx", 1)], Codes(report, "GET /"));
        Assert.Equal([("404", 1)], Codes(report, "_OTHER"));
        Assert.All(report.Requests, series => Assert.DoesNotContain("ops", series.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_has_exceptions_of_calls_and_pages_with_their_correlation_ids_and_without_their_texts()
    {
        await using var process = await Running.StartAsync();
        var traceId = Guid.NewGuid().ToString("N");
        var headers = new Metadata { { "traceparent", $"00-{traceId}-00f067aa0ba902b7-01" } };
        await Assert.ThrowsAsync<RpcException>(async () => await process.Sample.PutAsync(new SampleMessage(), headers, cancellationToken: Cancellation));
        await process.CountedAsync(calls: 1);

        var report = await process.AskAsync();

        var exception = Assert.Single(report.Exceptions);
        Assert.Equal("System.InvalidOperationException", exception.Type);
        Assert.Equal("booksforyou.sample.v1.SampleService/Put", exception.Source);
        Assert.Equal(traceId, exception.CorrelationId);
        Assert.DoesNotContain(BrokenPut.Text, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_has_queues_as_they_were_read_last_and_none_that_could_not_be_read()
    {
        await using var process = await Running.StartAsync(builder => builder
            .AddQueue("Sample", "things", "{thing}", (_, _) => ValueTask.FromResult(3.0))
            .AddQueue("Sample", "riddles", "{riddle}", (_, _) => throw new TimeoutException())
            .AddFeedLag("Sample", "news", _ => TimeSpan.FromSeconds(7)));
        var monitor = process.Application.Services.GetRequiredService<QueueMonitor>();
        await monitor.ReadAsync(Cancellation);

        var report = await process.AskAsync();

        var (things, riddles, news) = (report.Queues[0], report.Queues[1], report.Queues[2]);
        Assert.Equal((3.0, "{thing}"), (things.Length, things.Unit));
        Assert.False(riddles.HasLength);
        Assert.Equal((7.0, "s"), (news.Length, news.Unit));
    }

    [Fact]
    public void Queue_that_has_become_shorter_keeps_the_peak_of_its_minute()
    {
        var time = new StoppedTime();
        var queue = new QueueGauge("Sample", "things", "{thing}", (_, _) => ValueTask.FromResult(0.0));
        queue.Set(3, time);
        queue.Set(1, time);

        var described = queue.Describe(time);

        Assert.Equal(1.0, described.Length);
        Assert.Equal(3.0, Assert.Single(described.Peaks).Length);
    }

    [Theory]
    [InlineData(Role.Admin, StatusCode.PermissionDenied)]
    [InlineData(Role.Customer, StatusCode.PermissionDenied)]
    [InlineData(Role.Anyone, StatusCode.Unauthenticated)]
    public async Task Report_is_for_services_only(Role role, StatusCode expected)
    {
        await using var process = await Running.StartAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => process.AskAsync(role));

        Assert.Equal(expected, refusal.StatusCode);
    }

    private static IEnumerable<(string Code, int Count)> Codes(ProcessReport report, string name) => report.Requests
        .Single(series => series.Name == name).Intervals
        .SelectMany(interval => interval.Codes)
        .GroupBy(code => code.Code)
        .Select(group => (group.Key, (int)group.Sum(code => code.Count)));

    /// <summary>The sample's Put, broken.</summary>
    private sealed class BrokenPut : Interceptor
    {
        public const string Text = "ada@example.com has no books";

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            context.Method.EndsWith("/Put", StringComparison.Ordinal) ? throw new InvalidOperationException(Text) : continuation(request, context);
    }

    private sealed class Running(ServiceApplication application, TestAccounts accounts, MetricCollector measured) : IAsyncDisposable
    {
        private readonly Grpc.Net.Client.GrpcChannel _channel = application.OpenChannel();

        public ServiceApplication Application => application;

        public SampleService.SampleServiceClient Sample => new(_channel);

        public static async Task<Running> StartAsync(Action<ServiceApplicationBuilder>? configure = null)
        {
            var accounts = await TestAccounts.SharedAsync();
            var application = TestApplication.BuildSample(
                builder =>
                {
                    configure?.Invoke(builder);
                    builder.Services.AddGrpc(options => options.Interceptors.Add<BrokenPut>());
                },
                "--accounts-host",
                accounts.Host);
            var measured = new MetricCollector(application.Services.GetRequiredService<IMeterFactory>());
            await application.StartAsync();
            return new Running(application, accounts, measured);
        }

        /// <summary>Waits until calls have been counted, which is a moment after their callers have the answers.</summary>
        public async Task CountedAsync(int calls) => await measured.WaitForAsync(calls, one => one.Instrument == "rpc.server.call.duration", Cancellation);

        public async Task<ProcessReport> AskAsync(Role role = Role.Service)
        {
            var headers = role == Role.Anyone ? [] : accounts.Headers(role, role == Role.Service ? "service:Test" : "somebody");
            var answer = await new OpsService.OpsServiceClient(_channel).GetProcessReportAsync(new GetProcessReportRequest(), headers, cancellationToken: Cancellation);
            return answer.Report;
        }

        public async ValueTask DisposeAsync()
        {
            measured.Dispose();
            _channel.Dispose();
            await application.DisposeAsync();
        }
    }
}
