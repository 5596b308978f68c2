using Google.Protobuf;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>
/// Ends a call with a status other than OK. Domain code throws one of the sealed subclasses, one for each code
/// (<see href="https://grpc.io/docs/guides/status-codes/"/>), and needs no reference to gRPC.
/// </summary>
/// <remarks>The caller sees <see cref="Detail"/> and <see cref="Details"/>, never the inner exception.</remarks>
public abstract class StatusException : Exception
{
    private protected StatusException(StatusCode statusCode, string detail, Exception? innerException)
        : base(detail, innerException)
    {
        StatusCode = statusCode;
    }

    /// <summary>The code the call ends with; never OK.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text the caller gets. Not for secrets or personal data: it crosses the wire and may be shown to people.</summary>
    public string Detail => Message;

    /// <summary>Typed details for the caller, sent as <c>google.rpc.Status</c> in the trailer <c>grpc-status-details-bin</c>. See <see
    /// cref="ErrorDetails"/>.</summary>
    public IReadOnlyList<IMessage> Details { get; init; } = [];

    /// <summary>Makes the exception that stands for a code.</summary>
    /// <param name="statusCode">The code; not OK.</param>
    /// <param name="detail">The text the caller gets; the code's default text if it is null.</param>
    /// <param name="innerException">The cause, for the log only.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is OK, which is no error, or no gRPC code at all.</exception>
    public static StatusException Create(StatusCode statusCode, string? detail = null, Exception? innerException = null) =>
        statusCode switch
        {
            StatusCode.Cancelled => new CancelledException(detail, innerException),
            StatusCode.Unknown => new UnknownException(detail, innerException),
            StatusCode.InvalidArgument => new InvalidArgumentException(detail, innerException),
            StatusCode.DeadlineExceeded => new DeadlineExceededException(detail, innerException),
            StatusCode.NotFound => new NotFoundException(detail, innerException),
            StatusCode.AlreadyExists => new AlreadyExistsException(detail, innerException),
            StatusCode.PermissionDenied => new PermissionDeniedException(detail, innerException),
            StatusCode.ResourceExhausted => new ResourceExhaustedException(detail, innerException),
            StatusCode.FailedPrecondition => new FailedPreconditionException(detail, innerException),
            StatusCode.Aborted => new AbortedException(detail, innerException),
            StatusCode.OutOfRange => new OutOfRangeException(detail, innerException),
            StatusCode.Unimplemented => new UnimplementedException(detail, innerException),
            StatusCode.Internal => new InternalException(detail, innerException),
            StatusCode.Unavailable => new UnavailableException(detail, innerException),
            StatusCode.DataLoss => new DataLossException(detail, innerException),
            StatusCode.Unauthenticated => new UnauthenticatedException(detail, innerException),
            _ => throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "A failed call has one of the 16 codes other than OK."),
        };
}
