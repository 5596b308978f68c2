namespace BooksForYou.ServiceKit.Testing;

/// <summary>The inputs that the echo service does not simply echo. In a stream, each message is looked at by itself.</summary>
public static class EchoInput
{
    /// <summary>Throws what <see cref="EchoHostOptions.Error"/> makes.</summary>
    public const string Error = "error";

    /// <summary>Throws an <c>RpcException</c> with ABORTED and the trailer <c>reason: rpc</c>.</summary>
    public const string Rpc = "rpc";

    /// <summary>Sets the status FAILED_PRECONDITION and echoes all the same.</summary>
    public const string Status = "status";

    /// <summary>Sets the status FAILED_PRECONDITION and then throws an exception that is no status.</summary>
    public const string StatusThenError = "status-then-error";

    /// <summary>Waits until the call is cancelled, completing <see cref="EchoHost.Waiting"/> first, and throws <see
    /// cref="OperationCanceledException"/>.</summary>
    public const string Wait = "wait";

    /// <summary>Waits until the call is cancelled, completing <see cref="EchoHost.Waiting"/> first, and then goes on as if nothing had
    /// happened.</summary>
    public const string Ignore = "ignore-cancellation";

    /// <summary>Lets a unary or client-streaming handler return null.</summary>
    public const string Null = "null";

    /// <summary>Sends the response's headers, and goes on.</summary>
    public const string Headers = "headers";

    /// <summary>Returns to its caller before it goes on, so that the handler does not complete synchronously.</summary>
    public const string Yield = "yield";
}
