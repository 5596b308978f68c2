using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace BooksForYou.ServiceKit.Interceptors;

/// <summary>
/// What the kit does around every handler, outside all other interceptors: it notes that the call reached one, and turns what the handler
/// throws into a status. A handler that completes synchronously and well costs no allocation.
/// </summary>
/// <param name="translator">Turns exceptions into statuses.</param>
/// <param name="drain">Ends streams when the process stops; null where nothing drains. Called from here and not an interceptor of the server's own, since
/// each of those costs every unary call a task, and unary calls are not drained.</param>
/// <param name="guard">Lets in who may call; null where everybody may. Called from here likewise.</param>
internal sealed class ServerCallInterceptor(StatusTranslator translator, DrainInterceptor? drain = null, AccessGuard? guard = null) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var call = ServerCall.Handling(context);
        try
        {
            var admission = Admit(context);
            var response = admission.IsCompletedSuccessfully ? continuation(request, context) : After(admission, request, context, continuation);
            return Complete(response, context, call);
        }
        catch (Exception exception)
        {
            return Task.FromException<TResponse>(Fail(exception, context, call));
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var call = ServerCall.Handling(context);
        try
        {
            var admission = Admit(context);
            return Complete(admission.IsCompletedSuccessfully ? ServeAsync() : After(admission, ServeAsync), context, call);
        }
        catch (Exception exception)
        {
            return Task.FromException<TResponse>(Fail(exception, context, call));
        }

        Task<TResponse> ServeAsync() => drain is null
            ? continuation(requestStream, context)
            : drain.ClientStreamingServerHandler(requestStream, context, continuation);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var call = ServerCall.Handling(context);
        try
        {
            var admission = Admit(context);
            return Complete(admission.IsCompletedSuccessfully ? ServeAsync() : After(admission, ServeAsync), context, call);
        }
        catch (Exception exception)
        {
            return Task.FromException(Fail(exception, context, call));
        }

        Task ServeAsync() => drain is null
            ? continuation(request, responseStream, context)
            : drain.ServerStreamingServerHandler(request, responseStream, context, continuation);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var call = ServerCall.Handling(context);
        try
        {
            var admission = Admit(context);
            return Complete(admission.IsCompletedSuccessfully ? ServeAsync() : After(admission, ServeAsync), context, call);
        }
        catch (Exception exception)
        {
            return Task.FromException(Fail(exception, context, call));
        }

        Task ServeAsync() => drain is null
            ? continuation(requestStream, responseStream, context)
            : drain.DuplexStreamingServerHandler(requestStream, responseStream, context, continuation);
    }

    // Nearly always done at once: without a token, or with one that was verified before.
    private ValueTask Admit(ServerCallContext context) => guard?.AdmitAsync(context) ?? default;

    // Not as the others are: a closure would cost every call something, also those that need not wait.
    private static async Task<TResponse> After<TRequest, TResponse>(
        ValueTask admission, TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        await admission;
        return await continuation(request, context);
    }

    private static async Task<TResponse> After<TResponse>(ValueTask admission, Func<Task<TResponse>> serve)
    {
        await admission;
        return await serve();
    }

    private static async Task After(ValueTask admission, Func<Task> serve)
    {
        await admission;
        await serve();
    }

    private Task<TResponse> Complete<TResponse>(Task<TResponse> handler, ServerCallContext context, ServerCall? call)
        where TResponse : class =>
        handler.IsCompletedSuccessfully && context.Status.StatusCode == StatusCode.OK ? handler : Await(handler, context, call);

    private Task Complete(Task handler, ServerCallContext context, ServerCall? call) =>
        handler.IsCompletedSuccessfully ? handler : Await(handler, context, call);

    private async Task<TResponse> Await<TResponse>(Task<TResponse> handler, ServerCallContext context, ServerCall? call)
        where TResponse : class
    {
        TResponse? response;
        try
        {
            response = await handler;
        }
        catch (Exception exception)
        {
            throw Fail(exception, context, call);
        }

        call?.Returned();
        // A handler that sets a status and has nothing to return means the status, not "no message returned".
        return response is null && context.Status.StatusCode != StatusCode.OK ? throw new RpcException(context.Status) : response!;
    }

    private async Task Await(Task handler, ServerCallContext context, ServerCall? call)
    {
        try
        {
            await handler;
        }
        catch (Exception exception)
        {
            throw Fail(exception, context, call);
        }

        call?.Returned();
    }

    private RpcException Fail(Exception exception, ServerCallContext context, ServerCall? call)
    {
        call?.Threw(exception);
        return translator.Translate(exception, context, context.GetHttpContext());
    }
}
