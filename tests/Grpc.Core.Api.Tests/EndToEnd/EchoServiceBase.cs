using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>
/// What the code generator would write for a service of every call shape; by hand, so that nothing but the API assemblies and the
/// server is at work.
/// </summary>
[BindServiceMethod(typeof(EchoServiceBase), nameof(Bind))]
internal abstract class EchoServiceBase
{
    public static void Bind(ServiceBinderBase binder, EchoServiceBase? service)
    {
        binder.AddMethod(Calls.Say, service is null ? null : new UnaryServerMethod<string, string>(service.Say));
        binder.AddMethod(Calls.Collect, service is null ? null : new ClientStreamingServerMethod<string, string>(service.Collect));
        binder.AddMethod(Calls.Count, service is null ? null : new ServerStreamingServerMethod<string, string>(service.Count));
        binder.AddMethod(Calls.Chat, service is null ? null : new DuplexStreamingServerMethod<string, string>(service.Chat));
    }

    public abstract Task<string> Say(string request, ServerCallContext context);

    public abstract Task<string> Collect(IAsyncStreamReader<string> requestStream, ServerCallContext context);

    public abstract Task Count(string request, IServerStreamWriter<string> responseStream, ServerCallContext context);

    public abstract Task Chat(
        IAsyncStreamReader<string> requestStream,
        IServerStreamWriter<string> responseStream,
        ServerCallContext context);
}
