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
                new("Logging:LogLevel:Microsoft.Hosting.Lifetime", nameof(LogLevel.Information)),
                new("Logging:LogLevel:System", nameof(LogLevel.Warning)),
                new("Logging:LogLevel:Grpc", nameof(LogLevel.Warning)),
            ],
        });
        if (configuration["LOG_LEVEL"] is { Length: > 0 } level)
        {
            configuration.AddInMemoryCollection([new(DefaultLevel, Parse(level).ToString())]);
        }
    }

    private static LogLevel Parse(string level) => Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
        ? parsed
        : throw new InvalidOperationException($"LOG_LEVEL is '{level}'; it accepts {string.Join(", ", Enum.GetNames<LogLevel>())}.");
}
