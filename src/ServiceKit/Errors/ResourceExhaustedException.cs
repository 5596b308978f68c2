using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with RESOURCE_EXHAUSTED (8): a limit was reached: a quota, a rate, a size.</summary>
/// <param name="detail">The text the caller gets; "A limit was reached." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class ResourceExhaustedException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.ResourceExhausted, detail ?? "A limit was reached.", innerException);
