using BooksForYou.Contracts.Ops.V1;
using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>A queue of a service: what it was told to be, how long it was when it was last read, and its highest of each minute of the last hour.</summary>
/// <param name="service">The service.</param>
/// <param name="name">What waits.</param>
/// <param name="unit">What it is counted in.</param>
/// <param name="read">Reads how long it is.</param>
internal sealed class QueueGauge(string service, string name, string unit, Func<IServiceProvider, CancellationToken, ValueTask<double>> read)
{
    private readonly (long Interval, double Length)[] _peaks = new (long, double)[Hour.Intervals];
    private readonly Lock _gate = new();
    private double? _length;
    private DateTimeOffset? _readAt;

    public string Service => service;

    public string Name => name;

    public string Unit => unit;

    /// <summary>Its length; null while it is not known.</summary>
    public double? Length
    {
        get
        {
            lock (_gate)
            {
                return _length;
            }
        }
    }

    public ValueTask<double> ReadAsync(IServiceProvider services, CancellationToken cancellationToken) => read(services, cancellationToken);

    /// <summary>Notes that it was read.</summary>
    public void Set(double length, TimeProvider time)
    {
        var interval = Hour.IntervalAt(time);
        ref var peak = ref _peaks[interval % Hour.Intervals];
        lock (_gate)
        {
            (_length, _readAt) = (length, time.GetUtcNow());
            peak = peak.Interval == interval && peak.Length >= length ? peak : (interval, length);
        }
    }

    /// <summary>Notes that it could not be read.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _length = null;
        }
    }

    /// <summary>What is known of it.</summary>
    public Queue Describe(TimeProvider time)
    {
        var now = Hour.IntervalAt(time);
        var queue = new Queue { Service = service, Name = name, Unit = unit };
        lock (_gate)
        {
            if (_length is { } length)
            {
                queue.Length = length;
            }

            queue.ReadTime = _readAt?.ToTimestamp();
            queue.Peaks.AddRange(_peaks
                .Where(peak => peak.Interval > now - Hour.Intervals && peak.Interval <= now)
                .OrderBy(peak => peak.Interval)
                .Select(peak => new QueuePeak { StartTime = Hour.BeginningOf(peak.Interval), Length = peak.Length }));
        }

        return queue;
    }
}
