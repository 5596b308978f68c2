using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with ABORTED (10): a concurrent call got in the way; the caller should start again at a higher level, such as
/// reading before writing.</summary>
/// <param name="detail">The text the caller gets; "The call was aborted by a concurrent one." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class AbortedException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Aborted, detail ?? "The call was aborted by a concurrent one.", innerException);
