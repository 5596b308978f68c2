using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with UNAUTHENTICATED (16): the caller did not prove who it is.</summary>
/// <param name="detail">The text the caller gets; "Authentication is required." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnauthenticatedException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Unauthenticated, detail ?? "Authentication is required.", innerException);
