using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Shutdown;

namespace BooksForYou.ServiceKit.Health;

/// <summary>What health checks are answered from. The process is ready as a whole: once warm-up is done, while all readiness checks pass,
/// until it is
/// told to stop.</summary>
internal sealed class HealthState
{
    public const string Liveness = "liveness";
    public const string Readiness = "readiness";

    private readonly Lock _lock = new();
    private readonly ShutdownState _shutdown;
    private readonly Lazy<HealthSnapshot> _initial;
    private HealthSnapshot? _current;
    private bool _checksPass;

    public HealthState(MappedServices mapped, HostedServices hosted, ShutdownState shutdown)
    {
        _shutdown = shutdown;

        // Asked for first when everything is mapped.
        _initial = new(() => new HealthSnapshot(
            isReady: false,
            new HashSet<string>([string.Empty, Readiness, .. mapped.Names, .. hosted.Names], StringComparer.Ordinal)));
        shutdown.Stopping.Register(Update);
    }

    public HealthSnapshot Current => Volatile.Read(ref _current) ?? _initial.Value;

    /// <summary>Says whether all checks pass.</summary>
    public void SetChecks(bool pass)
    {
        Volatile.Write(ref _checksPass, pass);
        Update();
    }

    private void Update()
    {
        HealthSnapshot previous;
        lock (_lock)
        {
            previous = Current;
            var isReady = Volatile.Read(ref _checksPass) && !_shutdown.IsStopping;
            if (isReady == previous.IsReady)
            {
                return;
            }

            Volatile.Write(ref _current, previous.With(isReady));
        }

        previous.MarkReplaced();
    }
}
