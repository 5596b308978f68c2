using BooksForYou.Contracts.Health.V1;

namespace BooksForYou.ServiceKit.Health;

/// <summary>The health of the process between two changes of it.</summary>
/// <remarks>All watchers wait for the same task, so that a watcher costs nothing until there is news.</remarks>
internal sealed class HealthSnapshot(bool isReady, IReadOnlySet<string> readinessNames)
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => isReady;

    /// <summary>Completes when this snapshot is out of date.</summary>
    public Task Replaced => _replaced.Task;

    public HealthCheckResponse.Types.ServingStatus StatusOf(string service)
    {
        if (service == HealthState.Liveness)
        {
            return HealthCheckResponse.Types.ServingStatus.Serving;
        }

        if (!readinessNames.Contains(service))
        {
            return HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
        }

        return isReady ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing;
    }

    public HealthSnapshot With(bool ready) => new(ready, readinessNames);

    public void MarkReplaced() => _replaced.TrySetResult();
}
