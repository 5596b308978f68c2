namespace Grpc.Core;

/// <summary>
/// How a call ended: a code, a text for people, and on this side perhaps the exception behind it. Two are equal if all three are.
/// </summary>
public struct Status
{
    /// <summary>The call did what it was asked to.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>The call was cancelled.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    // Empty text is kept as null, so that default(Status) and DefaultSuccess are equal.
    private readonly string? _detail;

    /// <summary>Creates a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened, for people. It is sent.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Creates a status that keeps the exception behind it.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened, for people. It is sent.</param>
    /// <param name="debugException">The exception behind it. It is never sent.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = string.IsNullOrEmpty(detail) ? null : detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>What happened, for people; empty if there is nothing to say.</summary>
    public string Detail => _detail ?? "";

    /// <summary>The exception behind the status, if it arose on this side; null otherwise.</summary>
    public Exception? DebugException { get; }

    /// <summary>Shows the status for a log or an exception's message.</summary>
    /// <returns><c>Status(StatusCode="NotFound", Detail="No such book")</c>, with the debug exception if there is one.</returns>
    public override string ToString()
    {
        var debugException = DebugException is null ? "" : $", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\"";
        return $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\"{debugException})";
    }
}
