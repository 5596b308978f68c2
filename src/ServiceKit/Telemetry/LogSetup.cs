using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Where the log goes and how much of it there is.</summary>
internal static class LogSetup
{
    /// <summary>Lines for people on a terminal, JSON everywhere else, and a copy to the collector where there is one.</summary>
    public static void AddLogs(this ILoggingBuilder logging, ConfigurationManager configuration, SettingsCatalogue settings, bool terminal)
    {
        // A value that is no level is reported at the start, with all other settings.
        if (settings[TelemetrySettings.LogLevels.Name] is { } level && TelemetrySettings.LogLevels.Format.IsValid(level))
        {
            configuration.AddInMemoryCollection([new("Logging:LogLevel:Default", level)]);
        }

        logging.AddConsole();
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.Services.PostConfigure<ConsoleLoggerOptions>(options =>
            options.FormatterName ??= terminal ? ConsoleFormatterNames.Simple : JsonLogFormatter.FormatterName);
        logging.Services.Configure<SimpleConsoleFormatterOptions>(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss ";
        });
        if (settings[TelemetrySettings.Endpoint.Name] is not null)
        {
            logging.AddOpenTelemetry(options =>
            {
                // The web server's scope has the path of the request in it, which may hold what only its sender should know.
                options.IncludeScopes = false;
                options.AddOtlpExporter();
            });
            logging.Services.AddOptions<OpenTelemetryLoggerOptions>().Configure<Func<TelemetryOptions>>(
                static (options, telemetry) => options.SetResourceBuilder(telemetry().Resource()));
        }
    }
}
