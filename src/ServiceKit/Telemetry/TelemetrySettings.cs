using Microsoft.Extensions.Configuration;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>What is collected and under which name. Filled while the process is put together, read when it starts.</summary>
internal sealed class TelemetrySettings(IConfiguration configuration)
{
    /// <summary>The process in metrics, traces and logs (<c>service.name</c>), unless <c>OTEL_SERVICE_NAME</c> says otherwise.</summary>
    public string ServiceName { get; set; } = "booksforyou";

    /// <summary>Whether <c>/metrics</c> is served, so that there is something to be collected for it.</summary>
    public bool ServesMetrics { get; set; }

    /// <summary>Whether metrics, traces and logs go to a collector.</summary>
    public bool Exports => !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    public string EffectiveServiceName => configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : ServiceName;
}
