using Grpc.Core;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>What a response without <c>grpc-status</c> means to a gRPC client (<see
/// href="https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md"/>).</summary>
internal static class HttpStatus
{
    public static StatusCode ToStatusCode(int httpStatus) => httpStatus switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
