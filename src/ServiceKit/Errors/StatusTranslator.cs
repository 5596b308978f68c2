using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Telemetry;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Status = Grpc.Core.Status;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Decides which status a call ends with when its handler throws.</summary>
internal sealed class StatusTranslator(ExceptionMap exceptions, ShutdownState shutdown)
{
    /// <summary>The trailer that carries the id under which the log has the rest.</summary>
    public const string CorrelationIdTrailer = "correlation-id";

    // The caller's clock for a deadline starts before ours, so a caller that keeps to it leaves just before ours has run out.
    private static readonly TimeSpan DeadlineSlack = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes the exception that the server library turns into the wire's status.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="context">The call.</param>
    /// <param name="http">The request that carries the call.</param>
    public RpcException Translate(Exception exception, ServerCallContext context, HttpContext http)
    {
        var correlationId = CorrelationId.Of(http);
        var translated = exception switch
        {
            // The server library has told the caller already.
            _ when context.Status.StatusCode == StatusCode.DeadlineExceeded && HasPassed(context.Deadline) =>
                new RpcException(context.Status),
            RpcException rpcException => rpcException,
            _ when context.Status.StatusCode != StatusCode.OK => new RpcException(context.Status),
            StatusException status => ToRpcException(status),
            _ when EndsEarly(exception, http) && FromCancellation(exception, context, http) is { } status => ToRpcException(status),
            _ when exceptions.TryMap(exception, out var mapped) => ToRpcException(mapped),
            _ => Unexpected(correlationId),
        };
        return WireStatus.Fit(translated, correlationId);
    }

    private static bool HasPassed(DateTime deadline) => deadline <= DateTime.UtcNow;

    private static RpcException ToRpcException(StatusException status) =>
        new(new Status(status.StatusCode, status.Detail), WireStatus.Trailers(status.StatusCode, status.Detail, status.Details));

    private static RpcException Unexpected(string correlationId)
    {
        var detail = $"Internal error. Correlation id: {correlationId}";
        IMessage[] details = [new RequestInfo { RequestId = correlationId }];
        return new RpcException(new Status(StatusCode.Internal, detail), WireStatus.Trailers(StatusCode.Internal, detail, details));
    }

    /// <summary>Whether a handler was cancelled, or read or wrote a stream whose other end had gone, which the server itself reports in
    /// other ways.</summary>
    private static bool EndsEarly(Exception exception, HttpContext http) => exception is OperationCanceledException
        || (exception is IOException or InvalidOperationException
            && http.RequestAborted.IsCancellationRequested
            && exception.Source is "Grpc.AspNetCore.Server" or "Microsoft.AspNetCore.Server.Kestrel.Core" or "System.IO.Pipelines");

    private StatusException? FromCancellation(Exception exception, ServerCallContext context, HttpContext http)
    {
        var left = http.RequestAborted.IsCancellationRequested;
        var deadline = left && context.Deadline != DateTime.MaxValue ? context.Deadline - DeadlineSlack : context.Deadline;
        if (HasPassed(deadline))
        {
            return new DeadlineExceededException(innerException: exception);
        }

        // Where shutdown itself ended the call, its token says so, whatever became of the connection meanwhile.
        if (left && (exception as OperationCanceledException)?.CancellationToken != shutdown.Stopping)
        {
            return new CancelledException(innerException: exception);
        }

        return shutdown.IsStopping ? new UnavailableException("The service is shutting down.", exception) : null;
    }
}
