using System.Globalization;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class ServerMetricsTests
{
    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes => Calls.TransportsAndShapes;

    public static TheoryData<MethodType> Shapes => Calls.Shapes;

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Call_succeeds_is_counted_once_with_three_attributes(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options => options.Transport = transport);

        await host.Client.CallAsync(shape, ["a", "b"]);

        var duration = await host.OnlyDurationAsync(Calls.Served);
        Assert.Equal(3, duration.Tags.Count);
        Assert.Equal("grpc", duration["rpc.system.name"]);
        Assert.Equal(Calls.NameOf(shape), duration["rpc.method"]);
        Assert.Equal("OK", duration["rpc.response.status_code"]);
        Assert.InRange(duration.Value, 0.000_001, 10);
    }

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Call_fails_is_counted_once_with_its_code(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.Error = () => new NotFoundException();
        });

        await host.FailAsync(shape, EchoInput.Error);

        var duration = await host.OnlyDurationAsync(Calls.Served);
        Assert.Equal(4, duration.Tags.Count);
        Assert.Equal("NOT_FOUND", duration["rpc.response.status_code"]);
        Assert.Equal("NOT_FOUND", duration["error.type"]);
    }

    [Theory]
    [InlineData("/booksforyou.testing.Echo/NoSuchMethod", "application/grpc", "12", "UNIMPLEMENTED")]
    [InlineData("/no.such.Service/Method", "application/grpc", "12", "UNIMPLEMENTED")]
    [InlineData("/", "application/grpc", null, "UNIMPLEMENTED")]
    [InlineData("/booksforyou.testing.Echo/Unary", "text/plain", "13", "INTERNAL")]
    public async Task Request_that_reaches_no_handler_is_counted_as_other(string path, string contentType, string? status, string code)
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        using var response = await http.SendAsync(RawCall.Of(path, RawCall.Frame("a"), contentType));
        await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(status, response.GrpcStatus());
        var duration = await host.OnlyDurationAsync(Calls.Served);
        Assert.Equal("_OTHER", duration["rpc.method"]);
        Assert.Equal(code, duration["rpc.response.status_code"]);
        Assert.Equal(code, duration["error.type"]);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 65 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 65 })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 })]
    public async Task Frame_that_cannot_be_read_is_counted_as_other(byte[] frame)
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        using var response = await http.SendAsync(RawCall.Of("/booksforyou.testing.Echo/Unary", frame));
        await response.Content.ReadAsByteArrayAsync();

        var duration = await host.OnlyDurationAsync(Calls.Served);
        Assert.Equal("_OTHER", duration["rpc.method"]);
        var sent = (StatusCode)int.Parse(response.GrpcStatus()!, CultureInfo.InvariantCulture);
        Assert.Equal(StatusCodeNames.Of(sent), duration["rpc.response.status_code"]);
        Assert.NotEqual(StatusCode.OK, sent);
    }

    [Fact]
    public async Task Requests_for_whatever_a_client_invents_are_one_series()
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        for (var i = 0; i < 50; i++)
        {
            using var response = await http.SendAsync(RawCall.Of($"/invented.Service{i}/Method{i}", []));
        }

        var durations = await host.Metrics.WaitForAsync(50, measurement => measurement.Instrument == Calls.Served);
        Assert.Single(durations.Select(duration => string.Join(',', duration.Tags.OrderBy(tag => tag.Key))).Distinct());
    }

    [Fact]
    public async Task Request_that_is_no_call_is_not_counted()
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();

        using var response = await http.GetAsync(new Uri("/favicon.ico", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        await host.Client.Unary("fence");
        var duration = await host.Metrics.WaitForAsync(measurement => measurement.Instrument == Calls.Served);
        Assert.Equal("OK", duration["rpc.response.status_code"]);
    }

    [Fact]
    public async Task Handler_invents_a_code_it_is_counted_as_UNKNOWN()
    {
        await using var host = await EchoHost.StartAsync(options =>
            options.Error = () => new RpcException(new Status((StatusCode)4711, "")));

        await host.FailAsync(MethodType.Unary, EchoInput.Error);

        Assert.Equal("UNKNOWN", (await host.OnlyDurationAsync(Calls.Served))["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_goes_on_after_its_caller_left_is_CANCELLED(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();
        using var leave = new CancellationTokenSource();
        var call = host.Client.CallAsync(shape, [EchoInput.Ignore], new CallOptions(cancellationToken: leave.Token));
        await host.Waiting;

        await leave.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal("CANCELLED", (await host.OnlyDurationAsync(Calls.Served))["rpc.response.status_code"]);
    }

    [Theory]
    [InlineData(EchoTransport.Loopback)]
    [InlineData(EchoTransport.InMemory)]
    public async Task Calls_in_parallel_are_each_counted_under_their_own_code(EchoTransport transport)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.Error = () => new NotFoundException();
        });

        await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            var call = host.Client.CallAsync((MethodType)(i % 4), [i % 3 == 0 ? EchoInput.Error : EchoInput.Yield]);
            await (i % 3 == 0 ? (Task)Assert.ThrowsAsync<RpcException>(() => call) : call);
        }));

        var durations = await host.Metrics.WaitForAsync(300, measurement => measurement.Instrument == Calls.Served);
        Assert.Equal(300, durations.Count);
        Assert.Equal(100, durations.Count(duration => duration["rpc.response.status_code"] == "NOT_FOUND"));
        Assert.Equal(75, durations.Count(duration => duration["rpc.method"] == Calls.NameOf(MethodType.DuplexStreaming)));
    }
}
