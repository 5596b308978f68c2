using Grpc.Core;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>The echo service's methods, one of each shape, over plain strings. For raw requests to an <see cref="EchoHost"/>.</summary>
public static class EchoMethods
{
    private const string Service = "booksforyou.testing.Echo";

    /// <summary>Answers a message with itself.</summary>
    public static Method<string, string> Unary { get; } = Make(MethodType.Unary, nameof(Unary));

    /// <summary>Answers many messages with one, joined by commas.</summary>
    public static Method<string, string> ClientStreaming { get; } = Make(MethodType.ClientStreaming, nameof(ClientStreaming));

    /// <summary>Answers one message with many: its parts between commas.</summary>
    public static Method<string, string> ServerStreaming { get; } = Make(MethodType.ServerStreaming, nameof(ServerStreaming));

    /// <summary>Answers each message with itself as it comes.</summary>
    public static Method<string, string> DuplexStreaming { get; } = Make(MethodType.DuplexStreaming, nameof(DuplexStreaming));

    private static Method<string, string> Make(MethodType type, string name) =>
        new(type, Service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
