using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with NOT_FOUND (5): what the request names does not exist.</summary>
/// <param name="detail">The text the caller gets; "Not found." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class NotFoundException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.NotFound, detail ?? "Not found.", innerException);
