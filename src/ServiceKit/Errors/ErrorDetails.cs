using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>The standard error details (<c>google/rpc/error_details.proto</c>) that services need most, to be put into <see
/// cref="StatusException.Details"/>.</summary>
public static class ErrorDetails
{
    /// <summary>Names the fields at fault.</summary>
    /// <param name="violations">What is wrong, field by field.</param>
    public static BadRequest BadRequest(params IEnumerable<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        var badRequest = new BadRequest();
        foreach (var (field, description) in violations)
        {
            badRequest.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });
        }

        return badRequest;
    }

    /// <summary>Tells the caller how long to wait before it tries again.</summary>
    /// <param name="delay">The pause; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pause is negative.</exception>
    public static RetryInfo RetryAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) };
    }

    /// <summary>Gives the cause in a form that a program can compare.</summary>
    /// <param name="reason">The cause, constant and in capitals: <c>STOCK_EXHAUSTED</c>.</param>
    /// <param name="domain">The service that gives reasons their meaning: <c>inventory.booksforyou</c>.</param>
    /// <param name="metadata">Facts about this case, such as <c>available=2</c>.</param>
    public static ErrorInfo Reason(string reason, string domain, params IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentException.ThrowIfNullOrEmpty(domain);
        ArgumentNullException.ThrowIfNull(metadata);

        // The package's ErrorInfo predates the field's present name: what the standard calls "reason" (field 1) is called Type there.
        var info = new ErrorInfo { Type = reason, Domain = domain };
        foreach (var (key, value) in metadata)
        {
            info.Metadata.Add(key, value);
        }

        return info;
    }
}
