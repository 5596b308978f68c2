namespace BooksForYou.SideBySide;

/// <summary>What is made of many measurements.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The time in milliseconds that so many of a hundred do not exceed.</summary>
    /// <param name="sorted">The times, the shortest first.</param>
    /// <param name="percent">1 to 100.</param>
    public static double Percentile(IReadOnlyList<TimeSpan> sorted, int percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)].TotalMilliseconds;
}
