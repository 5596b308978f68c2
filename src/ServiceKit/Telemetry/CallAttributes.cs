namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>The names of what is said of a call in metrics and spans (<see
/// href="https://opentelemetry.io/docs/specs/semconv/rpc/grpc/"/>).</summary>
internal static class CallAttributes
{
    public const string System = "rpc.system.name";
    public const string Grpc = "grpc";
    public const string Method = "rpc.method";
    public const string StatusCode = "rpc.response.status_code";
    public const string ErrorType = "error.type";
}
