using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>Methods, streams and an invoker that makes calls without a server.</summary>
internal static class Calls
{
    public static readonly Method<string, string> Say = Create(MethodType.Unary, "Say");
    public static readonly Method<string, string> Collect = Create(MethodType.ClientStreaming, "Collect");
    public static readonly Method<string, string> Count = Create(MethodType.ServerStreaming, "Count");
    public static readonly Method<string, string> Chat = Create(MethodType.DuplexStreaming, "Chat");

    /// <summary>Starts a call of every shape, in the order blocking, unary, server-, client-streaming, duplex.</summary>
    public static void StartAll(CallInvoker invoker, string? host = null, CallOptions options = default)
    {
        invoker.BlockingUnaryCall(Say, host, options, "request");
        invoker.AsyncUnaryCall(Say, host, options, "request").Dispose();
        invoker.AsyncServerStreamingCall(Count, host, options, "request").Dispose();
        invoker.AsyncClientStreamingCall(Collect, host, options).Dispose();
        invoker.AsyncDuplexStreamingCall(Chat, host, options).Dispose();
    }

    private static Method<string, string> Create(MethodType type, string name) =>
        new(type, "test.Echo", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
