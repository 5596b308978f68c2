using System.Collections.Concurrent;
using System.Diagnostics;

namespace BooksForYou.Cart;

/// <summary>Work of this process that goes on whether or not the caller who began it is still there.</summary>
/// <typeparam name="T">What the work gives.</typeparam>
internal sealed class InFlight<T>
{
    private readonly ConcurrentDictionary<string, Task<T>> _tasks = new();

    /// <summary>Begins work apart from the call that asks for it: of the call, only its trace reaches the work.</summary>
    public Task<T> Begin(string key, Func<Task<T>> work)
    {
        var trace = Activity.Current;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<T> task = null!;
        using (ExecutionContext.SuppressFlow())
        {
            task = Task.Run(async () =>
            {
                await started.Task;
                Activity.Current = trace;
                try
                {
                    return await work();
                }
                finally
                {
                    _tasks.TryRemove(new KeyValuePair<string, Task<T>>(key, task));
                }
            });
        }

        _tasks[key] = task;
        started.SetResult();
        return task;
    }

    /// <summary>The work of a key, if this process is at it.</summary>
    public Task<T>? Find(string key) => _tasks.GetValueOrDefault(key);

    /// <summary>Waits until no work is left.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_tasks.Values.FirstOrDefault() is { } task)
        {
            await ((Task)task).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
