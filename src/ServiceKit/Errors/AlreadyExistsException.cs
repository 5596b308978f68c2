using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with ALREADY_EXISTS (6): what the request wants to create exists already.</summary>
/// <param name="detail">The text the caller gets; "Already exists." if it is null.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class AlreadyExistsException(string? detail = null, Exception? innerException = null)
    : StatusException(StatusCode.AlreadyExists, detail ?? "Already exists.", innerException);
