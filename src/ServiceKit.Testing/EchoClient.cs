using Grpc.Core;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>A client of the echo service, as the generated ones are.</summary>
/// <param name="invoker">The channel, with its interceptors.</param>
public sealed class EchoClient(CallInvoker invoker) : ClientBase(invoker)
{
    /// <summary>Sends a message and gets it back.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    public AsyncUnaryCall<string> Unary(string message, CallOptions options = default) =>
        CallInvoker.AsyncUnaryCall(EchoMethods.Unary, null, options, message);

    /// <summary>Sends a message and gets it back, blocking meanwhile.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    public string BlockingUnary(string message, CallOptions options = default) =>
        CallInvoker.BlockingUnaryCall(EchoMethods.Unary, null, options, message);

    /// <summary>Sends messages and gets one with all of them, joined by commas.</summary>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    public AsyncClientStreamingCall<string, string> ClientStreaming(CallOptions options = default) =>
        CallInvoker.AsyncClientStreamingCall(EchoMethods.ClientStreaming, null, options);

    /// <summary>Sends a message and gets its parts between commas.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    public AsyncServerStreamingCall<string> ServerStreaming(string message, CallOptions options = default) =>
        CallInvoker.AsyncServerStreamingCall(EchoMethods.ServerStreaming, null, options, message);

    /// <summary>Sends messages and gets each back as it arrives.</summary>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    public AsyncDuplexStreamingCall<string, string> DuplexStreaming(CallOptions options = default) =>
        CallInvoker.AsyncDuplexStreamingCall(EchoMethods.DuplexStreaming, null, options);

    /// <summary>Makes a call of any shape with any number of messages and gives all answers.</summary>
    /// <param name="shape">The shape. Unary and server-streaming calls send the messages as one, joined by commas.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="options">Deadline, metadata, cancellation.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> CallAsync(MethodType shape, IReadOnlyList<string> messages, CallOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        switch (shape)
        {
            case MethodType.Unary:
                return [await Unary(string.Join(',', messages), options)];
            case MethodType.ClientStreaming:
                using (var call = ClientStreaming(options))
                {
                    await SendAsync(call.RequestStream, messages);
                    return [await call];
                }

            case MethodType.ServerStreaming:
                using (var call = ServerStreaming(string.Join(',', messages), options))
                {
                    return await ReadAsync(call.ResponseStream);
                }

            default:
                using (var call = DuplexStreaming(options))
                {
                    await SendAsync(call.RequestStream, messages);
                    return await ReadAsync(call.ResponseStream);
                }
        }
    }

    private static async Task SendAsync(IClientStreamWriter<string> requests, IEnumerable<string> messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await requests.WriteAsync(message);
            }

            await requests.CompleteAsync();
        }
        catch (RpcException)
        {
            // The call ended before everything was sent; its response says why.
        }
        catch (InvalidOperationException)
        {
            // As above, where the end was seen before the write began.
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IAsyncStreamReader<string> responses)
    {
        var messages = new List<string>();
        while (await responses.MoveNext(CancellationToken.None))
        {
            messages.Add(responses.Current);
        }

        return messages;
    }
}
