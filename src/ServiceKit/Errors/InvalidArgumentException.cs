using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Ends a call with INVALID_ARGUMENT (3): the request can never succeed as it is, whatever the state of the system.</summary>
public sealed class InvalidArgumentException : StatusException
{
    /// <summary>Creates an error that names no field.</summary>
    /// <param name="detail">The text the caller gets; "Invalid argument." if it is null.</param>
    /// <param name="innerException">The cause, for the log only.</param>
    public InvalidArgumentException(string? detail = null, Exception? innerException = null)
        : base(StatusCode.InvalidArgument, detail ?? "Invalid argument.", innerException)
    {
    }

    /// <summary>Creates an error that names the fields at fault, in the text and as a <see cref="Google.Rpc.BadRequest"/> detail.</summary>
    /// <param name="violations">What is wrong, field by field; at least one.</param>
    /// <exception cref="ArgumentException">There is no violation.</exception>
    public InvalidArgumentException(params FieldViolation[] violations)
        : base(StatusCode.InvalidArgument, Describe(violations), null)
    {
        Details = [ErrorDetails.BadRequest(violations)];
    }

    private static string Describe(FieldViolation[] violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        return violations.Length == 0
            ? throw new ArgumentException("At least one field must be at fault.", nameof(violations))
            : string.Join("; ", violations.Select(violation => $"{violation.Field}: {violation.Description}"));
    }
}
