using System.Diagnostics.Metrics;
using System.Globalization;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>Collects what the instruments of one host record, and of no other host in the same process.</summary>
public sealed class MetricCollector : Collector<Measurement>
{
    private readonly MeterListener _listener = new();

    /// <summary>Starts to collect.</summary>
    /// <param name="meters">The host's meter factory: all meters it makes are collected.</param>
    /// <param name="meterNames">Meters to collect besides, by name: those that a static field holds. Other hosts' values are among
    /// theirs.</param>
    public MetricCollector(IMeterFactory meters, params IEnumerable<string> meterNames)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var names = meterNames.ToHashSet(StringComparer.Ordinal);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) || names.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Collect<byte>();
        Collect<short>();
        Collect<int>();
        Collect<long>();
        Collect<float>();
        Collect<double>();
        Collect<decimal>();
        _listener.Start();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _listener.Dispose();
        base.Dispose(disposing);
    }

    private void Collect<T>()
        where T : struct => _listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) =>
    {
        var dictionary = new Dictionary<string, object?>();
        foreach (var (name, tag) in tags)
        {
            dictionary[name] = tag;
        }

        Add(new Measurement(instrument.Name, Convert.ToDouble(value, CultureInfo.InvariantCulture), dictionary));
    });
}
