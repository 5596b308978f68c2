using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with UNKNOWN (2): something failed and nothing more can be said about it; prefer a code that tells the caller
/// more.</summary>
/// <param name="detail">The text the caller gets; "Unknown error." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnknownException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Unknown, detail ?? "Unknown error.", innerException);
