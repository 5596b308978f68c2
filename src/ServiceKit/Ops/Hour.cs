using Google.Protobuf.WellKnownTypes;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>The last hour, minute by minute: how what is remembered of it is divided.</summary>
internal static class Hour
{
    /// <summary>How long an interval is.</summary>
    public const int IntervalSeconds = 60;

    /// <summary>How many there are in what is remembered, the one of now included.</summary>
    public const int Intervals = 60;

    /// <summary>The number of the interval of now.</summary>
    public static long IntervalAt(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() / IntervalSeconds;

    /// <summary>When an interval begins.</summary>
    public static Timestamp BeginningOf(long interval) => new() { Seconds = interval * IntervalSeconds };
}
