using BooksForYou.Contracts.Ops.V1;

namespace BooksForYou.Marketplace.Operations;

/// <summary>How long requests took: how many up to each bound. Those of several processes add up.</summary>
internal sealed class Latencies
{
    private readonly SortedDictionary<double, long> _counts = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds what a process has counted.</summary>
    /// <param name="interval">The counts.</param>
    /// <param name="bounds">The bounds of the process, in seconds.</param>
    public void Add(Interval interval, IReadOnlyList<double> bounds)
    {
        foreach (var (index, count) in interval.LatencyCounts.Index())
        {
            var bound = index < bounds.Count ? bounds[index] : double.PositiveInfinity;
            _counts[bound] = _counts.GetValueOrDefault(bound) + count;
            Count += count;
        }
    }

    /// <summary>The time within which a part of the requests ended, in seconds: as exact as the bounds are close. Null when there were none.</summary>
    /// <param name="part">The part, such as 0.95.</param>
    public double? Quantile(double part)
    {
        var wanted = part * Count;
        var (seen, lower) = (0L, 0.0);
        foreach (var (bound, count) in _counts)
        {
            if (count > 0 && seen + count >= wanted)
            {
                return double.IsInfinity(bound) ? lower : lower + ((bound - lower) * (wanted - seen) / count);
            }

            (seen, lower) = (seen + count, bound);
        }

        return null;
    }
}
