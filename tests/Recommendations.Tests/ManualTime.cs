namespace BooksForYou.Recommendations.Tests;

/// <summary>A clock whose one timer fires when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly TaskCompletionSource<(TimerCallback Callback, object? State)> _timer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timer.SetResult((callback, state));
        return new ManualTimer();
    }

    /// <summary>Lets the timer fire, as soon as there is one.</summary>
    public async Task FireAsync()
    {
        var (callback, state) = await _timer.Task;
        callback(state);
    }

    private sealed class ManualTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
