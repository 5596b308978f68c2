using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with INTERNAL (13): something that must always hold is broken.</summary>
/// <param name="detail">The text the caller gets; "Internal error." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class InternalException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Internal, detail ?? "Internal error.", innerException);
