using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Where the log goes and how much of it there is.</summary>
internal static class LogSetup
{
    /// <summary>The least level that is logged.</summary>
    public static readonly Setting Level = new("LOG_LEVEL", "Least level that is logged; Logging:LogLevel in appsettings.json has one for each category.")
    {
        Format = SettingFormat.OneOf(Enum.GetNames<LogLevel>()),
    };

    private const string DefaultLevel = "Logging:LogLevel:Default";

    /// <summary>Lines for people on a terminal, JSON everywhere else, and a copy to the collector where there is one.</summary>
    public static void AddLogs(this ILoggingBuilder logging, ConfigurationManager configuration, TelemetrySettings settings, bool terminal)
    {
        SetLevels(configuration);
        logging.ClearProviders();
        logging.AddConsole();
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName ??= terminal ? ConsoleFormatterNames.Simple : JsonLogFormatter.FormatterName);
        logging.Services.Configure<SimpleConsoleFormatterOptions>(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss ";
        });
        if (settings.Exports)
        {
            logging.AddOpenTelemetry(options =>
            {
                options.IncludeScopes = true;
                options.SetResourceBuilder(TelemetryResource.For(settings));
                options.AddOtlpExporter();
            });
        }
    }

    private static void SetLevels(ConfigurationManager configuration)
    {
        // The lowest of all sources, so that every other setting of a level wins. The gRPC library's own lines are off because the kit
        // writes one for each failed call, with more in it.
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new(DefaultLevel, nameof(LogLevel.Information)),
                new("Logging:LogLevel:Microsoft", nameof(LogLevel.Warning)),
                new("Logging:LogLevel:System", nameof(LogLevel.Warning)),
                new("Logging:LogLevel:Grpc", nameof(LogLevel.Warning)),
            ],
        });
        // What is no level is reported with the other settings that are wrong.
        if (Enum.TryParse<LogLevel>(configuration[Level.Name], ignoreCase: true, out var level) && Enum.IsDefined(level))
        {
            configuration.AddInMemoryCollection([new(DefaultLevel, level.ToString())]);
        }
    }
}
