using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with DEADLINE_EXCEEDED (4): the deadline passed before the call could finish; what it was to change may have been
/// changed.</summary>
/// <param name="detail">The text the caller gets; "The deadline passed before the call finished." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class DeadlineExceededException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.DeadlineExceeded, detail ?? "The deadline passed before the call finished.", innerException);
