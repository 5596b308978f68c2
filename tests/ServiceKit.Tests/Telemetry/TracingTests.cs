using System.Diagnostics;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class TracingTests
{
    private const string ClientSource = "BooksForYou.ServiceKit";
    private const string ServerSource = "Microsoft.AspNetCore";

    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes => Calls.TransportsAndShapes;

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Call_crosses_the_wire_the_server_span_is_the_child_of_the_client_span(EchoTransport transport, MethodType shape)
    {
        using var spans = new SpanCollector(ClientSource, ServerSource);
        await using var host = await EchoHost.StartAsync(options => options.Transport = transport);
        using var page = new Activity("page").Start();

        await host.Client.CallAsync(shape, ["a", "b"]);

        Assert.Same(page, Activity.Current);
        var pair = await spans.WaitForAsync(2, span => span.TraceId == page.TraceId);
        var client = Assert.Single(pair, span => span.Kind == ActivityKind.Client);
        var server = Assert.Single(pair, span => span.Kind == ActivityKind.Server);
        Assert.Equal(page.SpanId, client.ParentSpanId);
        Assert.Equal(client.SpanId, server.ParentSpanId);
        foreach (var span in pair)
        {
            Assert.Equal(Calls.NameOf(shape), span.DisplayName);
            Assert.Equal("grpc", span.GetTagItem("rpc.system.name"));
            Assert.Equal(Calls.NameOf(shape), span.GetTagItem("rpc.method"));
            Assert.Equal("OK", span.GetTagItem("rpc.response.status_code"));
            Assert.Null(span.GetTagItem("error.type"));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
        }
    }

    [Fact]
    public async Task Handler_calls_another_service_all_spans_are_one_chain()
    {
        using var spans = new SpanCollector(ClientSource, ServerSource);
        await using var inner = await EchoHost.StartAsync();
        await using var outer = await EchoHost.StartAsync(options => options.On("relay", async _ => await inner.Client.Unary("a")));
        using var page = new Activity("page").Start();

        await outer.Client.Unary("relay");

        var chain = await spans.WaitForAsync(4, span => span.TraceId == page.TraceId);
        var parent = page.SpanId;
        foreach (var kind in new[] { ActivityKind.Client, ActivityKind.Server, ActivityKind.Client, ActivityKind.Server })
        {
            var span = Assert.Single(chain, span => span.ParentSpanId == parent);
            Assert.Equal(kind, span.Kind);
            parent = span.SpanId;
        }
    }

    [Theory]
    [InlineData(StatusCode.NotFound, ActivityStatusCode.Unset)]
    [InlineData(StatusCode.Unavailable, ActivityStatusCode.Error)]
    public async Task Call_fails_the_server_span_is_an_error_only_if_the_server_failed(StatusCode code, ActivityStatusCode status)
    {
        using var spans = new SpanCollector(ClientSource, ServerSource);
        await using var host = await EchoHost.StartAsync(options => options.Error = () => StatusException.Create(code));
        using var page = new Activity("page").Start();

        await host.FailAsync(MethodType.Unary, EchoInput.Error);

        var pair = await spans.WaitForAsync(2, span => span.TraceId == page.TraceId);
        Assert.Equal(status, pair.Single(span => span.Kind == ActivityKind.Server).Status);
        Assert.Equal(ActivityStatusCode.Error, pair.Single(span => span.Kind == ActivityKind.Client).Status);
    }

    [Fact]
    public async Task Call_within_a_trace_its_correlation_id_is_the_trace_id()
    {
        await using var host = await EchoHost.StartAsync();
        using var page = new Activity("page").Start();

        var failure = await host.FailAsync(MethodType.Unary, EchoInput.Error);

        Assert.Equal(page.TraceId.ToHexString(), failure.GetCorrelationId());
    }

    [Fact]
    public async Task Method_that_does_not_exist_the_span_does_not_repeat_its_name()
    {
        using var spans = new SpanCollector(ServerSource);
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();
        using var page = new Activity("page").Start();

        using var response = await http.SendAsync(RawCall.Of("/invented.Service/Method", []));

        var span = await spans.WaitForAsync(span => span.TraceId == page.TraceId);
        Assert.Equal("grpc", span.DisplayName);
        Assert.Equal("_OTHER", span.GetTagItem("rpc.method"));
        Assert.Equal("UNIMPLEMENTED", span.GetTagItem("rpc.response.status_code"));
    }
}
