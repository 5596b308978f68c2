using System.Reflection;
using OpenTelemetry.Resources;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Who reports: name, version and instance (<see href="https://opentelemetry.io/docs/specs/semconv/resource/"/>).</summary>
internal static class TelemetryResource
{
    // One for the process: its metrics, traces and logs must agree on it.
    private static readonly string InstanceId = Guid.NewGuid().ToString();

    public static ResourceBuilder For(string serviceName) => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector()
        .AddService(serviceName, serviceVersion: Version, serviceInstanceId: InstanceId);

    /// <summary>The version of the store.</summary>
    public static string Version { get; } =
        typeof(TelemetryResource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
