using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Interceptors;
using BooksForYou.ServiceKit.Shutdown;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Telemetry;

/// <summary>Makes the interceptors that count, time and trace outgoing calls. One instance a process.</summary>
internal sealed class ClientCallMonitor(
    CallMetrics metrics, ILogger<ClientCallMonitor> logger, StartupState? startup = null, ShutdownState? shutdown = null)
{
    public CallMetrics Metrics => metrics;

    public ILogger Logger => logger;

    /// <summary>Whether peers may be away without that being a fault: the whole store is on its way up or down.</summary>
    public bool ExpectsAbsence => startup is { IsSettling: true } || shutdown is { IsStopping: true };

    /// <summary>Makes the interceptor for a channel. It belongs innermost, where it sees each call as it goes to the channel.</summary>
    /// <param name="peer">Who is called, as the log names it.</param>
    public Interceptor For(string peer) => new ClientCallInterceptor(this, peer);
}
