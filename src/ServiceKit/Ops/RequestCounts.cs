using BooksForYou.Contracts.Ops.V1;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>
/// The requests of one RPC or route within the last hour: a ring of intervals with a count for each code and each latency. Made once, it takes the same
/// memory whatever happens, and a request allocates nothing.
/// </summary>
/// <param name="name">What the requests are of.</param>
/// <param name="kind">How they come and go.</param>
/// <param name="codes">The names of the codes.</param>
internal sealed class RequestCounts(string name, RequestKind kind, string[] codes)
{
    private readonly int _width = codes.Length + LatencyScale.Count;
    private readonly int[] _counts = new int[Hour.Intervals * (codes.Length + LatencyScale.Count)];
    private readonly long[] _numbers = new long[Hour.Intervals];
    private readonly Lock _gate = new();

    /// <summary>Counts a request that ended now.</summary>
    /// <param name="interval">The interval of now.</param>
    /// <param name="code">The place of the code.</param>
    /// <param name="seconds">How long it took.</param>
    public void Add(long interval, int code, double seconds)
    {
        var slot = (int)(interval % Hour.Intervals);
        if (Volatile.Read(ref _numbers[slot]) != interval)
        {
            Begin(slot, interval);
        }

        var first = slot * _width;
        Interlocked.Increment(ref _counts[first + code]);
        Interlocked.Increment(ref _counts[first + codes.Length + LatencyScale.IndexOf(seconds)]);
    }

    /// <summary>What ended within the hour before and in an interval.</summary>
    public RequestSeries Read(long interval)
    {
        var series = new RequestSeries { Name = name, Kind = kind };
        for (var number = interval - Hour.Intervals + 1; number <= interval; number++)
        {
            var slot = (int)(number % Hour.Intervals);
            if (Volatile.Read(ref _numbers[slot]) == number)
            {
                series.Intervals.Add(Read(number, _counts.AsSpan(slot * _width, _width)));
            }
        }

        return series;
    }

    private Interval Read(long number, ReadOnlySpan<int> counts)
    {
        var read = new Interval { StartTime = Hour.BeginningOf(number) };
        for (var code = 0; code < codes.Length; code++)
        {
            if (counts[code] > 0)
            {
                read.Codes.Add(new CodeCount { Code = codes[code], Count = counts[code] });
            }
        }

        var latencies = counts[codes.Length..];
        var last = latencies.LastIndexOfAnyExcept(0);
        for (var index = 0; index <= last; index++)
        {
            read.LatencyCounts.Add(latencies[index]);
        }

        return read;
    }

    // A request that is late by an interval may be counted in the next one; nobody waits for anybody but once a minute.
    private void Begin(int slot, long interval)
    {
        lock (_gate)
        {
            if (_numbers[slot] < interval)
            {
                Array.Clear(_counts, slot * _width, _width);
                Volatile.Write(ref _numbers[slot], interval);
            }
        }
    }
}
