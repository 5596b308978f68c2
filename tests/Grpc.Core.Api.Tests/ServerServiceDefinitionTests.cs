using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class ServerServiceDefinitionTests
{
    private static readonly UnaryServerMethod<string, string> Unary = (request, _) => Task.FromResult(request);
    private static readonly ClientStreamingServerMethod<string, string> ClientStreaming = (_, _) => Task.FromResult("");
    private static readonly ServerStreamingServerMethod<string, string> ServerStreaming = (_, _, _) => Task.CompletedTask;
    private static readonly DuplexStreamingServerMethod<string, string> Duplex = (_, _, _) => Task.CompletedTask;

    [Fact]
    public void BindService_hands_every_method_to_the_binder_in_order()
    {
        var binder = new RecordingBinder();
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Calls.Chat, Duplex)
            .AddMethod(Calls.Say, Unary)
            .AddMethod(Calls.Collect, ClientStreaming)
            .AddMethod(Calls.Count, ServerStreaming)
            .Build();

        definition.BindService(binder);

        Assert.Equal(
            [(Calls.Chat, Duplex), (Calls.Say, Unary), (Calls.Collect, ClientStreaming), (Calls.Count, ServerStreaming)],
            binder.Methods);
    }

    [Fact]
    public void Build_methods_added_afterwards_are_not_in_it()
    {
        var binder = new RecordingBinder();
        var builder = new ServerServiceDefinition.Builder().AddMethod(Calls.Say, Unary);
        var definition = builder.Build();

        builder.AddMethod(Calls.Chat, Duplex);
        definition.BindService(binder);

        Assert.Equal([(Calls.Say, Unary)], binder.Methods);
    }

    [Fact]
    public void AddMethod_same_name_twice_throws()
    {
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(Calls.Say, Unary);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Calls.Say, Unary));
    }

    [Fact]
    public void AddMethod_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => ServerServiceDefinition.CreateBuilder().AddMethod(null!, Unary));
        Assert.Throws<ArgumentNullException>(() => ServerServiceDefinition.CreateBuilder().Build().BindService(null!));
    }

    [Fact]
    public void ServiceBinderBase_not_overridden_throws()
    {
        var binder = new ServiceBinderBase();

        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Calls.Say, Unary));
        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Calls.Collect, ClientStreaming));
        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Calls.Count, ServerStreaming));
        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Calls.Chat, Duplex));
    }

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<(IMethod Method, Delegate? Handler)> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse>? handler) => Methods.Add((method, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add((method, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add((method, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add((method, handler));
    }
}
