using BooksForYou.ServiceKit.Feeds;

namespace BooksForYou.Reviews;

/// <summary>What this process wakes its feeds with.</summary>
internal sealed class ReviewSignal
{
    /// <summary>A rating has changed.</summary>
    public Signal Changed { get; } = new();
}
