using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with CANCELLED (1): the call was cancelled, typically by the caller.</summary>
/// <param name="detail">The text the caller gets; "The call was cancelled." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class CancelledException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Cancelled, detail ?? "The call was cancelled.", innerException);
