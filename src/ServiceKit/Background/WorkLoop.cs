namespace BooksForYou.ServiceKit.Background;

/// <summary>Works off what is due: at once when this process makes something due, and at every poll what others have left.</summary>
/// <param name="due">Pulses when there may be something to do.</param>
/// <param name="poll">The time between two looks.</param>
/// <param name="time">Tells the time.</param>
public sealed class WorkLoop(Signal due, TimeSpan poll, TimeProvider time)
{
    /// <summary>How long it waits after it was woken, for what comes in at the same time to be done together.</summary>
    public TimeSpan Collecting { get; init; }

    /// <summary>Works until it is cancelled.</summary>
    /// <param name="workOffAsync">Works off a batch, and tells whether there may be more.</param>
    /// <param name="logFailure">Notes a batch that failed; it is tried again at the next look.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Completes when it is cancelled.</returns>
    public async Task RunAsync(
        Func<CancellationToken, Task<bool>> workOffAsync, Action<Exception> logFailure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workOffAsync);
        ArgumentNullException.ThrowIfNull(logFailure);
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = due.Next;
            var isMore = false;
            try
            {
                isMore = await workOffAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logFailure(exception);
            }

            if (!isMore)
            {
                await Task.WhenAny(next, Task.Delay(poll, time, cancellationToken));
                await Task.Delay(Collecting, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
