namespace BooksForYou.ServiceKit.Health;

/// <summary>Whether the process serves by now. One instance a process.</summary>
/// <param name="time">The clock.</param>
public sealed class StartupState(TimeProvider time)
{
    // Processes that are started together are there within this time of each other.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _completed;

    /// <summary>Completes when warm-up is done and calls are served, also by the services that share this process. What calls other
    /// services in the background begins then.</summary>
    public Task Serving => _serving.Task;

    /// <summary>Whether calls are served; never turns back.</summary>
    public bool IsComplete => _serving.Task.IsCompleted;

    /// <summary>Whether services that were started together with this one may still be on their way: that they are away is nothing that a
    /// person has to look after.</summary>
    internal bool IsSettling => !IsComplete || time.GetElapsedTime(Interlocked.Read(ref _completed)) < SettlingTime;

    internal void Complete()
    {
        Interlocked.Exchange(ref _completed, time.GetTimestamp());
        _serving.TrySetResult();
    }
}
