using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with UNIMPLEMENTED (12): the operation is not offered here.</summary>
/// <param name="detail">The text the caller gets; "Not implemented." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnimplementedException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Unimplemented, detail ?? "Not implemented.", innerException);
