using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class CallLogTests
{
    private const string Category = "BooksForYou.ServiceKit.Telemetry.ServerCallMonitor";

    public static TheoryData<MethodType> Shapes => Calls.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_breaks_the_log_has_one_line_with_everything(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await host.FailAsync(shape, EchoInput.Error);

        await host.Logs.WaitForAsync(line => line.Category == Category);
        await host.OnlyDurationAsync(Calls.Served);
        var line = Assert.Single(host.Logs.Items, line => line.Category != "BooksForYou.ServiceKit.Telemetry.ClientCallMonitor");
        Assert.Equal((LogLevel.Error, "CallBroke", Category), (line.Level, line.Event, line.Category));
        Assert.Equal(Calls.NameOf(shape), line["Method"]);
        Assert.Equal("INTERNAL", line["Code"]);
        Assert.StartsWith("ipv4:127.0.0.1:", line["Peer"], StringComparison.Ordinal);
        Assert.Equal(failure.GetCorrelationId(), line["CorrelationId"]);
        Assert.InRange((double)line.Values["Seconds"]!, 0, 10);
        Assert.IsType<InvalidOperationException>(line.Exception);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, LogLevel.Information)]
    [InlineData(StatusCode.InvalidArgument, LogLevel.Information)]
    [InlineData(StatusCode.Cancelled, LogLevel.Debug)]
    [InlineData(StatusCode.Unavailable, LogLevel.Warning)]
    [InlineData(StatusCode.ResourceExhausted, LogLevel.Warning)]
    public async Task Handler_refuses_the_log_has_no_stack_and_nothing_that_was_said(StatusCode code, LogLevel level)
    {
        await using var host = await EchoHost.StartAsync(options =>
            options.Error = () => StatusException.Create(code, "nobody@example.com is unknown"));

        await host.FailAsync(MethodType.Unary, EchoInput.Error);

        var line = await host.Logs.WaitForAsync(line => line.Category == Category);
        Assert.Equal(level, line.Level);
        Assert.Null(line.Exception);
        Assert.DoesNotContain(host.Logs.Items, item => item.ToString().Contains("example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Frame_that_cannot_be_read_the_log_names_the_method()
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        using var response = await http.SendAsync(RawCall.Of("/booksforyou.testing.Echo/Unary", [0, 0, 0, 0, 9, 65]));

        var line = await host.Logs.WaitForAsync(line => line.Category == Category);
        Assert.Equal(Calls.NameOf(MethodType.Unary), line["Method"]);
    }

    [Fact]
    public async Task Method_that_does_not_exist_the_log_does_not_repeat_its_name()
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        using var response = await http.SendAsync(RawCall.Of("/invented.Service/token-4711", []));

        var line = await host.Logs.WaitForAsync(line => line.Category == Category);
        Assert.Equal("_OTHER", line["Method"]);
        Assert.DoesNotContain(host.Logs.Items, item => item.ToString().Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_succeeds_the_log_is_silent()
    {
        await using var host = await EchoHost.StartAsync();

        await host.Client.Unary("a");

        await host.Metrics.WaitForAsync(measurement => measurement.Instrument == Calls.Served);
        Assert.Empty(host.Logs.Items);
    }
}
