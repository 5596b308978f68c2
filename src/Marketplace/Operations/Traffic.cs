using System.Globalization;
using BooksForYou.Contracts.Ops.V1;

namespace BooksForYou.Marketplace.Operations;

/// <summary>Requests of one RPC, one route, one service or one process within the last hour, minute by minute.</summary>
/// <param name="until">The beginning of the last minute.</param>
internal sealed class Traffic(DateTimeOffset until)
{
    /// <summary>How many minutes there are.</summary>
    public const int Minutes = 60;

    private readonly SortedDictionary<string, long> _codes = new(StringComparer.Ordinal);
    private readonly long[] _requests = new long[Minutes];
    private readonly long[] _failures = new long[Minutes];
    private readonly Latencies[] _latencies = [.. Enumerable.Range(0, Minutes).Select(_ => new Latencies())];

    /// <summary>How many ended in each minute, the oldest first.</summary>
    public IReadOnlyList<long> Requests => _requests;

    /// <summary>How many of them failed: RPCs with any code but OK, pages by the shop's fault.</summary>
    public IReadOnlyList<long> Failures => _failures;

    /// <summary>How long those of each minute took.</summary>
    public IReadOnlyList<Latencies> LatenciesByMinute => _latencies;

    /// <summary>How long they took in all. Streams are not in it.</summary>
    public Latencies Latencies { get; } = new();

    /// <summary>How many ended.</summary>
    public long Count => _requests.Sum();

    /// <summary>How many failed.</summary>
    public long FailureCount => _failures.Sum();

    /// <summary>The beginning of the first minute.</summary>
    public DateTimeOffset From => until.AddMinutes(1 - Minutes);

    /// <summary>The codes other than success, with how many ended so.</summary>
    public IEnumerable<KeyValuePair<string, long>> Errors => _codes.Where(code => code.Key is not ("OK" or "2xx" or "3xx"));

    /// <summary>The errors in words, such as NOT_FOUND 3, UNAVAILABLE 1.</summary>
    public string ErrorsInWords =>
        string.Join(", ", Errors.OrderByDescending(code => code.Value).Select(code => string.Create(CultureInfo.InvariantCulture, $"{code.Key} {code.Value:N0}")));

    /// <summary>The beginning of a minute.</summary>
    public DateTimeOffset TimeOf(int minute) => From.AddMinutes(minute);

    /// <summary>Adds what a process has counted.</summary>
    /// <param name="series">The requests.</param>
    /// <param name="bounds">The bounds of its latencies.</param>
    public void Add(RequestSeries series, IReadOnlyList<double> bounds)
    {
        foreach (var interval in series.Intervals)
        {
            // The clocks of two machines may be a little apart.
            var minute = Math.Min((int)Math.Floor((interval.StartTime.ToDateTimeOffset() - From).TotalMinutes), Minutes - 1);
            if (minute >= 0)
            {
                Add(series.Kind, interval, minute, bounds);
            }
        }
    }

    private static bool IsFailure(RequestKind kind, string code) => kind == RequestKind.Page ? code.StartsWith('5') : code != "OK";

    private void Add(RequestKind kind, Interval interval, int minute, IReadOnlyList<double> bounds)
    {
        foreach (var code in interval.Codes)
        {
            _codes[code.Code] = _codes.GetValueOrDefault(code.Code) + code.Count;
            _requests[minute] += code.Count;
            _failures[minute] += IsFailure(kind, code.Code) ? code.Count : 0;
        }

        if (kind != RequestKind.Stream)
        {
            _latencies[minute].Add(interval, bounds);
            Latencies.Add(interval, bounds);
        }
    }
}
