namespace BooksForYou.ServiceKit.Tests.Telemetry;

/// <summary>
/// Tests that read what the OpenTelemetry SDK has collected, and so run alone: the SDK knows meters by name and not by host, and when one host
/// of a process ends, it ends the metrics of that name for all of them.
/// </summary>
[CollectionDefinition(nameof(ProcessWideMetrics), DisableParallelization = true)]
public sealed class ProcessWideMetrics;
