using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with OUT_OF_RANGE (11): the request reaches past the end of what there is now, and may be valid later.</summary>
/// <param name="detail">The text the caller gets; "Out of range." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class OutOfRangeException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.OutOfRange, detail ?? "Out of range.", innerException);
