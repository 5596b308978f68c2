using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class StartupLogTests
{
    [Fact]
    public async Task Call_while_the_process_starts_is_turned_away_without_a_warning()
    {
        using var logs = new LogCollector();
        ServiceApplication? starting = null;
        RpcException? refused = null;
        await using var application = TestApplication.BuildSample(builder =>
        {
            builder.Logging.AddProvider(logs).AddFilter("BooksForYou", LogLevel.Debug);
            builder.AddWarmUp("a call of oneself", async (_, token) =>
            {
                using var channel = GrpcChannel.ForAddress(starting!.GrpcAddress);
                refused = await Assert.ThrowsAsync<RpcException>(async () =>
                    await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage(), cancellationToken: token));
            });
        });
        starting = application;

        await application.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(StatusCode.Unavailable, refused!.StatusCode);
        var line = await logs.WaitForAsync(line => line.Event == "CallTurnedAway", TestContext.Current.CancellationToken);
        Assert.Equal(LogLevel.Debug, line.Level);
        Assert.DoesNotContain(logs.Items, item => item.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData(0, LogLevel.Debug)]
    [InlineData(11, LogLevel.Warning)]
    public async Task Peer_away_is_a_warning_once_the_store_has_had_time_to_start(int seconds, LogLevel level)
    {
        using var logs = new LogCollector();
        var clock = new AdvancedClock();
        await using var application = await TestApplication.StartSampleAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Logging.AddProvider(logs).AddFilter("BooksForYou", LogLevel.Debug);
                builder.AddClient<SampleService.SampleServiceClient>("Elsewhere");
            },
            "--elsewhere-host",
            $"localhost:{FreePort.Next()}");
        clock.Seconds = seconds;

        await Assert.ThrowsAsync<RpcException>(async () =>
            await application.Services.GetRequiredService<SampleService.SampleServiceClient>().ReadAsync(new SampleMessage()));

        var line = await logs.WaitForAsync(
            line => line.Event == "OutgoingCallFailed" && line.Message.Contains("SampleService", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Equal(("UNAVAILABLE", level), (line["Code"], line.Level));
    }

    private sealed class AdvancedClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (Seconds * TimestampFrequency);
    }
}
