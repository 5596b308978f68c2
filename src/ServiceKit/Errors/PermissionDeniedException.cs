using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with PERMISSION_DENIED (7): the caller is known, and may not do this.</summary>
/// <param name="detail">The text the caller gets; "Permission denied." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class PermissionDeniedException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.PermissionDenied, detail ?? "Permission denied.", innerException);
