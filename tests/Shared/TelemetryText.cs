using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BooksForYou.Tests;

/// <summary>Everything that spans and measurements of the whole process say, of whatever source.</summary>
internal sealed class TelemetryText : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _measurements = new();

    public TelemetryText()
    {
        _spans = new ActivityListener
        {
            // All but those of the database driver, which are not exported and tell what other tests do at the same time.
            ShouldListenTo = source => source.Name != "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _lines.Enqueue(
                $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} "
                + string.Join(' ', span.Events.SelectMany(item => item.Tags.Select(tag => $"{item.Name} {tag}")))),
        };
        ActivitySource.AddActivityListener(_spans);
        _measurements.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _measurements.SetMeasurementEventCallback<long>(Take);
        _measurements.SetMeasurementEventCallback<int>(Take);
        _measurements.SetMeasurementEventCallback<double>(Take);
        _measurements.Start();
    }

    public string Text => string.Join('\n', _lines);

    public void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
    }

    private void Take<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _lines.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
}
