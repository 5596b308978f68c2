using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Testing;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Interceptors;

public sealed class ServerCallInterceptorTests
{
    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes => Calls.TransportsAndShapes;

    public static TheoryData<MethodType> Shapes => Calls.Shapes;

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Handler_status_exception_reaches_the_caller_with_its_details(EchoTransport transport, MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.Error = () => new UnavailableException("Closed for stocktaking", new InvalidOperationException("secret"))
            {
                Details =
                [
                    ErrorDetails.RetryAfter(TimeSpan.FromSeconds(3)),
                    ErrorDetails.Reason("STOCKTAKING", "inventory", new KeyValuePair<string, string>("until", "noon")),
                ],
            };
        });

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal("Closed for stocktaking", failure.Status.Detail);
        Assert.Equal((int)StatusCode.Unavailable, failure.GetRpcStatus()!.Code);
        Assert.Equal(3, failure.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        Assert.Equal("STOCKTAKING", failure.GetDetail<ErrorInfo>()!.Type);
        Assert.Equal("noon", failure.GetDetail<ErrorInfo>()!.Metadata["until"]);
        Assert.Null(failure.GetDetail<BadRequest>());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_any_other_exception_is_INTERNAL_and_told_to_the_log_alone(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
            options.Error = () => new InvalidOperationException("password=hunter2"));

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        var id = failure.GetCorrelationId();
        Assert.Equal($"Internal error. Correlation id: {id}", failure.Status.Detail);
        Assert.Equal(id, failure.GetDetail<RequestInfo>()!.RequestId);
        Assert.DoesNotContain(failure.Trailers, entry => entry.ToString().Contains("hunter2", StringComparison.Ordinal));
        var line = await host.Logs.WaitForAsync(line => line["CorrelationId"] == id);
        Assert.Equal("password=hunter2", line.Exception!.Message);
        Assert.Equal(LogLevel.Error, line.Level);
    }

    [Theory]
    [InlineData(MethodType.ServerStreaming)]
    [InlineData(MethodType.DuplexStreaming)]
    public async Task Handler_throws_in_the_middle_of_a_stream_the_messages_before_arrive(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options => options.Error = () => new DataLossException("torn page"));
        using var call = host.Client.DuplexStreaming();
        using var stream = host.Client.ServerStreaming("a,b,error,c");
        var responses = shape == MethodType.ServerStreaming ? stream.ResponseStream : call.ResponseStream;
        foreach (var message in new[] { "a", "b", "error" })
        {
            await call.RequestStream.WriteAsync(message);
        }

        Assert.True(await responses.MoveNext(CancellationToken.None));
        Assert.Equal("a", responses.Current);
        Assert.True(await responses.MoveNext(CancellationToken.None));
        Assert.Equal("b", responses.Current);
        var failure = await Assert.ThrowsAsync<RpcException>(() => responses.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.DataLoss, "torn page"), (failure.StatusCode, failure.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_RpcException_passes_as_it_is(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await host.FailAsync(shape, EchoInput.Rpc);

        Assert.Equal((StatusCode.Aborted, "thrown as it is"), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal("rpc", failure.Trailers.GetValue("reason"));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_sets_a_status_and_throws_the_status_wins(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await host.FailAsync(shape, EchoInput.StatusThenError);

        Assert.Equal((StatusCode.FailedPrecondition, "set by the handler"), (failure.StatusCode, failure.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_sets_a_status_and_returns_the_caller_gets_it(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await host.FailAsync(shape, EchoInput.Status);

        Assert.Equal((StatusCode.FailedPrecondition, "set by the handler"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Handler_sets_a_status_and_returns_null_the_caller_gets_the_status()
    {
        await using var host = await EchoHost.StartAsync(options => options.On(EchoInput.Null, context =>
        {
            context.Status = new Grpc.Core.Status(StatusCode.NotFound, "no such book");
            return Task.CompletedTask;
        }));

        var failure = await host.FailAsync(MethodType.Unary, EchoInput.Null);

        Assert.Equal((StatusCode.NotFound, "no such book"), (failure.StatusCode, failure.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_mapped_exception_gets_its_status(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Error = () => new FileNotFoundException("/srv/books/dune.txt");
            options.MapException<IOException>(_ => new UnavailableException());
            options.MapException<FileNotFoundException>(_ => new NotFoundException("Book not found"));
        });

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal((StatusCode.NotFound, "Book not found"), (failure.StatusCode, failure.Status.Detail));
    }

    [Theory]
    [MemberData(nameof(TransportsAndShapes))]
    public async Task Handler_detail_beyond_ASCII_arrives_unharmed(EchoTransport transport, MethodType shape)
    {
        const string Detail = "Das Buch „Die unendliche Geschichte“ fehlt: 📚 100 %\r\n書";
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Transport = transport;
            options.Error = () => new NotFoundException(Detail) { Details = [new LocalizedMessage { Locale = "de", Message = Detail }] };
        });

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal(Detail, failure.Status.Detail);
        Assert.Equal(Detail, failure.GetDetail<LocalizedMessage>()!.Message);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_huge_detail_is_shortened_and_the_code_arrives(MethodType shape)
    {
        var huge = new string('書', 1_000_000);
        var exception = new AbortedException(huge) { Details = [ErrorDetails.Reason("HUGE", "books")] };
        await using var host = await EchoHost.StartAsync(options => options.Error = () => exception);

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
        Assert.InRange(failure.Status.Detail.Length, 200, 230);
        Assert.Equal("HUGE", failure.GetDetail<ErrorInfo>()!.Type);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_cancelled_by_its_deadline_is_DEADLINE_EXCEEDED(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();
        using var http = host.CreateHttpClient();
        using var request = RawCall.Of(shape, EchoInput.Wait);
        // A plain HTTP client does not leave when the deadline passes, so that only the server can notice.
        request.Headers.Add("grpc-timeout", "50m");

        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("4", response.GrpcStatus());
        var served = await host.Metrics.WaitForAsync(measurement => measurement.Instrument == Calls.Served);
        Assert.Equal("DEADLINE_EXCEEDED", served["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_cancelled_because_the_caller_left_is_CANCELLED(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync();
        using var leave = new CancellationTokenSource();
        var call = host.Client.CallAsync(shape, [EchoInput.Wait], new CallOptions(cancellationToken: leave.Token));
        await host.Waiting;

        await leave.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => call);
        var served = await host.Metrics.WaitForAsync(measurement => measurement.Instrument == Calls.Served);
        Assert.Equal("CANCELLED", served["rpc.response.status_code"]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_cancelled_because_the_process_stops_is_UNAVAILABLE(MethodType shape)
    {
        var shutdown = new ShutdownState();
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.ConfigureServices(services => services.AddSingleton(shutdown));
            options.On("until-stop", async _ => await Task.Delay(Timeout.Infinite, shutdown.Stopping));
        });
        var call = host.FailAsync(shape, "until-stop");

        shutdown.Begin();

        Assert.Equal(StatusCode.Unavailable, (await call).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Handler_cancelled_for_reasons_of_its_own_is_INTERNAL(MethodType shape)
    {
        await using var host = await EchoHost.StartAsync(options =>
            options.Error = () => new TaskCanceledException("the handler's own timeout"));

        var failure = await host.FailAsync(shape, EchoInput.Error);

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.DoesNotContain("timeout", failure.Status.Detail, StringComparison.Ordinal);
    }
}
