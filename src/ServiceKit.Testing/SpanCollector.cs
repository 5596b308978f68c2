using System.Diagnostics;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// Collects spans when they end. Activity sources belong to the process, not to a host: where several tests run at once, a test tells its
/// own spans by their trace id.
/// </summary>
public sealed class SpanCollector : Collector<Activity>
{
    private readonly ActivityListener _listener;

    /// <summary>Starts to collect.</summary>
    /// <param name="sourceNames">The names of the activity sources: <c>BooksForYou.ServiceKit</c> for outgoing calls,
    /// <c>Microsoft.AspNetCore</c> for served ones.</param>
    public SpanCollector(params IEnumerable<string> sourceNames)
    {
        var names = sourceNames.ToHashSet(StringComparer.Ordinal);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => names.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            // A span that was taken out of its trace would not be exported either.
            ActivityStopped = span =>
            {
                if (span.Recorded)
                {
                    Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _listener.Dispose();
        base.Dispose(disposing);
    }
}
