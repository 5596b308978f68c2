using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with FAILED_PRECONDITION (9): the system is not in the state that the call needs, and trying again does not help
/// until somebody changes that state.</summary>
/// <param name="detail">The text the caller gets; "The system is not in a state that allows this." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class FailedPreconditionException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.FailedPrecondition, detail ?? "The system is not in a state that allows this.", innerException);
