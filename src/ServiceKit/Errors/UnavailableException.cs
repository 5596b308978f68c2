using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with UNAVAILABLE (14): the service cannot answer at present, and the same call may succeed after a pause.</summary>
/// <param name="detail">The text the caller gets; "The service is unavailable." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnavailableException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.Unavailable, detail ?? "The service is unavailable.", innerException);
