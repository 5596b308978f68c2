using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>Notes every call and answers it at once.</summary>
internal sealed class RecordingCallInvoker(Action<string>? log = null) : CallInvoker
{
    public List<string> Calls { get; } = [];

    public List<string?> Hosts { get; } = [];

    public List<CallOptions> Options { get; } = [];

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
    {
        Record($"blocking {method.Name}({request})", host, options);
        return method.ResponseMarshaller.Deserializer("response"u8.ToArray());
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
    {
        Record($"{method.Name}({request})", host, options);
        return new AsyncUnaryCall<TResponse>(
            Task.FromResult(method.ResponseMarshaller.Deserializer("response"u8.ToArray())),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultSuccess,
            () => Metadata.Empty,
            () => { });
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request)
    {
        Record($"{method.Name}({request})", host, options);
        return new AsyncServerStreamingCall<TResponse>(
            new ListReader<TResponse>(),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultSuccess,
            () => Metadata.Empty,
            () => { });
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options)
    {
        Record($"{method.Name}()", host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            new ListWriter<TRequest>(),
            Task.FromResult(method.ResponseMarshaller.Deserializer("response"u8.ToArray())),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultSuccess,
            () => Metadata.Empty,
            () => { });
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options)
    {
        Record($"{method.Name}()", host, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new ListWriter<TRequest>(),
            new ListReader<TResponse>(),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultSuccess,
            () => Metadata.Empty,
            () => { });
    }

    private void Record(string call, string? host, CallOptions options)
    {
        log?.Invoke(call);
        Calls.Add(call);
        Hosts.Add(host);
        Options.Add(options);
    }
}
