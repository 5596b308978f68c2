using BooksForYou.ServiceKit.Errors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>
/// What the log says of failed calls, once each. Neither the request nor its metadata is in it, nor the text that the caller got, since
/// domain code may have put what the caller sent into that.
/// </summary>
internal static partial class CallLog
{
    public static void Served(
        ILogger logger, string method, StatusCode code, double seconds, string peer, string correlationId, Exception? exception)
    {
        var name = StatusCodeNames.Of(code);
        switch (code)
        {
            case StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss:
                CallBroke(logger, method, name, seconds, peer, correlationId, exception);
                break;
            case StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted:
                CallGaveUp(logger, method, name, seconds, peer, correlationId, NameOf(exception));
                break;
            case StatusCode.Cancelled:
                CallCancelled(logger, method, name, seconds, peer, correlationId);
                break;
            default:
                CallRefused(logger, method, name, seconds, peer, correlationId, NameOf(exception));
                break;
        }
    }

    public static void Made(
        ILogger logger, string method, StatusCode code, double seconds, string peer, string correlationId, bool expectsAbsence)
    {
        var isFault = code
            is StatusCode.Unavailable
            or StatusCode.DeadlineExceeded
            or StatusCode.Unknown
            or StatusCode.Internal
            or StatusCode.DataLoss;
        var level = isFault && !(expectsAbsence && code == StatusCode.Unavailable) ? LogLevel.Warning : LogLevel.Debug;
        OutgoingCallFailed(logger, level, method, StatusCodeNames.Of(code), seconds, peer, correlationId);
    }

    private static string NameOf(Exception? exception) => exception?.GetType().Name ?? "no exception";

    [LoggerMessage(EventId = 1, EventName = "CallBroke", Level = LogLevel.Error,
        Message = "{Method} failed with {Code} after {Seconds:0.000} s for {Peer} (correlation id {CorrelationId})")]
    private static partial void CallBroke(
        ILogger logger, string method, string code, double seconds, string peer, string correlationId, Exception? exception);

    [LoggerMessage(EventId = 2, EventName = "CallGaveUp", Level = LogLevel.Warning,
        Message = "{Method} gave up with {Code} after {Seconds:0.000} s for {Peer} (correlation id {CorrelationId}, {ExceptionType})")]
    private static partial void CallGaveUp(
        ILogger logger, string method, string code, double seconds, string peer, string correlationId, string exceptionType);

    [LoggerMessage(EventId = 3, EventName = "CallRefused", Level = LogLevel.Information,
        Message = "{Method} answered {Code} after {Seconds:0.000} s to {Peer} (correlation id {CorrelationId}, {ExceptionType})")]
    private static partial void CallRefused(
        ILogger logger, string method, string code, double seconds, string peer, string correlationId, string exceptionType);

    [LoggerMessage(EventId = 4, EventName = "CallCancelled", Level = LogLevel.Debug,
        Message = "{Method} ended with {Code} after {Seconds:0.000} s: {Peer} left (correlation id {CorrelationId})")]
    private static partial void CallCancelled(
        ILogger logger, string method, string code, double seconds, string peer, string correlationId);

    // The exception goes to the caller in this process, who handles it or logs it as its own failure: here it is only counted and named.
    [LoggerMessage(EventId = 5, EventName = "OutgoingCallFailed",
        Message = "Call of {Method} failed with {Code} after {Seconds:0.000} s at {Peer} (correlation id {CorrelationId})")]
    private static partial void OutgoingCallFailed(
        ILogger logger, LogLevel level, string method, string code, double seconds, string peer, string correlationId);

    // The caller knows to come again, and the line that says that the process serves, or stops, has been or will be written.
    [LoggerMessage(EventId = 6, EventName = "CallTurnedAway", Level = LogLevel.Debug,
        Message = "{Method} was turned away after {Seconds:0.000} s for {Peer}: the process starts or stops (correlation id {CorrelationId})")]
    public static partial void TurnedAway(ILogger logger, string method, double seconds, string peer, string correlationId);
}
