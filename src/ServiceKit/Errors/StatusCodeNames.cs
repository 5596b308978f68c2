using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>The names of the codes as the gRPC specification spells them: <c>NOT_FOUND</c>.</summary>
internal static class StatusCodeNames
{
    private static readonly string[] Names =
    [
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    /// <summary>All names, each in the place of its code.</summary>
    public static string[] All => Names;

    /// <summary>Gives the place of the name of a code.</summary>
    public static int IndexOf(StatusCode code) => (uint)code < (uint)Names.Length ? (int)code : (int)StatusCode.Unknown;

    /// <summary>Gives the name of a code. A number that is no code is UNKNOWN, as the specification asks, so that a peer cannot invent
    /// names.</summary>
    public static string Of(StatusCode code) => Names[IndexOf(code)];
}
