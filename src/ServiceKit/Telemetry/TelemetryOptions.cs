using OpenTelemetry.Resources;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>What is collected, where it goes, and in whose name.</summary>
/// <param name="ServiceName">The process in metrics, traces and logs (<c>service.name</c>).</param>
/// <param name="ServesMetrics">Whether <c>/metrics</c> is served.</param>
/// <param name="Exports">Whether metrics, traces and logs go to a collector.</param>
/// <param name="ServesPages">Whether there are web requests to count beside the calls.</param>
internal sealed record TelemetryOptions(string ServiceName, bool ServesMetrics, bool Exports, bool ServesPages)
{
    public ResourceBuilder Resource() => TelemetryResource.For(ServiceName);
}
