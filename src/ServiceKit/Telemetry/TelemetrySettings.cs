using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>The settings of telemetry; the exporter reads more of the standard <c>OTEL_…</c> variables by itself.</summary>
internal static class TelemetrySettings
{
    public static readonly Setting LogLevels = new("LOG_LEVEL", "How much is logged; Logging__LogLevel__<category> sets it for a part.")
    {
        Format = SettingFormat.OneOf(Enum.GetNames<LogLevel>()),
    };

    public static readonly Setting Endpoint = new(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "Address of the OpenTelemetry collector; nothing is sent without.")
    {
        Format = new(
            "an http or https address",
            value => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"),
    };

    public static readonly Setting ServiceName = new(
        "OTEL_SERVICE_NAME", "Name of the process in telemetry. Default: that of its service, booksforyou for several.");

    private const string ManyServices = "booksforyou";

    public static TelemetryOptions Options(SettingsCatalogue settings, HostedServices hosted, Listeners listeners) => new(
        settings[ServiceName.Name] ?? (hosted.Names is [var name] ? OptionName.ToEnvironment(name).ToLowerInvariant() : ManyServices),
        listeners.ManagementPort is not null,
        settings[Endpoint.Name] is not null,
        listeners.ServesPages);
}
