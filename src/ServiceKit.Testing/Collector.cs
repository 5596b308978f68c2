namespace BooksForYou.ServiceKit.Testing;

/// <summary>Keeps what a host emits, and lets a test wait for it instead of sleeping.</summary>
/// <typeparam name="T">What is kept.</typeparam>
public abstract class Collector<T> : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything so far, in the order in which it came.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>How long a wait lasts at most; 10 seconds unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the first item that fits, which may have come already.</summary>
    /// <param name="condition">What fits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">Nothing that fits came; the message lists what came instead.</exception>
    public async Task<T> WaitForAsync(Func<T, bool> condition, CancellationToken cancellationToken = default) =>
        (await WaitForAsync(1, condition, cancellationToken))[0];

    /// <summary>Waits until at least a number of items fit, which may have come already.</summary>
    /// <param name="count">How many.</param>
    /// <param name="condition">What fits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All that fit by then.</returns>
    /// <exception cref="TimeoutException">Too few came; the message lists what came instead.</exception>
    public async Task<IReadOnlyList<T>> WaitForAsync(int count, Func<T, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        while (true)
        {
            Task changed;
            T[] fitting;
            lock (_lock)
            {
                changed = _changed.Task;
                fitting = [.. _items.Where(condition)];
            }

            if (fitting.Length >= count)
            {
                return fitting;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(string.Join(
                    Environment.NewLine, [$"Waited {Timeout.TotalSeconds} s for {count}, saw {fitting.Length} that fit among:", .. Items]));
            }
        }
    }

    /// <summary>Forgets everything so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _items.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Keeps an item.</summary>
    /// <param name="item">The item.</param>
    protected void Add(T item)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _items.Add(item);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Stops collecting.</summary>
    /// <param name="disposing">Whether it is <see cref="Dispose()"/> that asks.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
