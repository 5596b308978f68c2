namespace BooksForYou.Soak.Tests;

/// <summary>How fast something grows.</summary>
internal static class Trend
{
    /// <summary>
    /// The median of the slopes between any two points (Theil and Sen): a single peak, such as a garbage collection makes, does not change it.
    /// </summary>
    /// <param name="points">Minutes, and how much there was.</param>
    /// <returns>Growth a minute; 0 of fewer than two points.</returns>
    public static double PerMinute(IReadOnlyList<(double Minutes, double Value)> points)
    {
        var slopes = points
            .SelectMany((first, index) => points.Skip(index + 1).Where(second => second.Minutes > first.Minutes)
                .Select(second => (second.Value - first.Value) / (second.Minutes - first.Minutes)))
            .Order()
            .ToList();
        return slopes.Count == 0 ? 0 : (slopes[(slopes.Count - 1) / 2] + slopes[slopes.Count / 2]) / 2;
    }
}
