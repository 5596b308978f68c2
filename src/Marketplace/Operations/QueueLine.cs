using BooksForYou.Contracts.Ops.V1;

namespace BooksForYou.Marketplace.Operations;

/// <summary>A queue, on the page of operations: the longest of what the replicas of its service say, as they look at one database.</summary>
/// <param name="Service">The service.</param>
/// <param name="Name">What waits.</param>
/// <param name="IsTime">Whether it is a feed that is followed, and its length a time in seconds.</param>
/// <param name="Length">How long it is; null when nobody knows.</param>
/// <param name="Peaks">How long it was in each minute of the last hour; null where nobody knows.</param>
internal sealed record QueueLine(string Service, string Name, bool IsTime, double? Length, IReadOnlyList<double?> Peaks)
{
    /// <summary>The unit of a length that is a time.</summary>
    private const string Seconds = "s";

    /// <summary>Its highest of the last hour.</summary>
    public double? Highest => Peaks.Max();

    /// <summary>Puts together what replicas say of one queue.</summary>
    public static QueueLine Of(IReadOnlyCollection<Queue> said, DateTimeOffset from)
    {
        var peaks = new double?[Traffic.Minutes];
        foreach (var peak in said.SelectMany(queue => queue.Peaks))
        {
            var minute = Math.Min((int)Math.Floor((peak.StartTime.ToDateTimeOffset() - from).TotalMinutes), Traffic.Minutes - 1);
            if (minute >= 0)
            {
                peaks[minute] = Math.Max(peaks[minute] ?? 0, peak.Length);
            }
        }

        var first = said.First();
        return new QueueLine(first.Service, first.Name, first.Unit == Seconds, said.Max(queue => queue.HasLength ? queue.Length : (double?)null), peaks);
    }
}
