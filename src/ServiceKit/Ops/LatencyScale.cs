namespace BooksForYou.ServiceKit.Ops;

/// <summary>The bounds that latencies are counted between: each 1.41 times the one before, from half a millisecond to sixteen seconds.</summary>
internal static class LatencyScale
{
    private const int Steps = 31;
    private const double Least = 0.0005;

    /// <summary>The bounds in seconds.</summary>
    public static readonly double[] Bounds = [.. Enumerable.Range(0, Steps).Select(step => Least * Math.Pow(2, step / 2.0))];

    /// <summary>How many counts there are: one for each bound, and one for what takes longer than all of them.</summary>
    public static int Count => Steps + 1;

    /// <summary>Gives the place of the first bound that a latency does not exceed.</summary>
    public static int IndexOf(double seconds)
    {
        var index = Array.BinarySearch(Bounds, seconds);
        return index < 0 ? ~index : index;
    }
}
