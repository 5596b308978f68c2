using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Counts the calls that the server is busy with.</summary>
/// <remarks>It sits between the server and ASP.NET Core rather than in the pipeline, since a middleware that waits for a call to end
/// allocates for
/// each call.</remarks>
internal sealed class CallCounter
{
    private long _begun;
    private long _ended;

    /// <summary>How many calls have ended since the start.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>How many are in flight.</summary>
    public long InFlight
    {
        get
        {
            var ended = Ended;
            return Interlocked.Read(ref _begun) - ended;
        }
    }

    /// <summary>The server, counting.</summary>
    public IServer Watch(IServer server) => new CountingServer(server, this);

    private sealed class CountingServer(IServer inner, CallCounter counter) : IServer
    {
        public IFeatureCollection Features => inner.Features;

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => inner.StartAsync(new CountingApplication<TContext>(application, counter), cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

        public void Dispose() => inner.Dispose();
    }

    private sealed class CountingApplication<TContext>(IHttpApplication<TContext> inner, CallCounter counter) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            Interlocked.Increment(ref counter._begun);
            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception)
        {
            inner.DisposeContext(context, exception);
            Interlocked.Increment(ref counter._ended);
        }
    }
}
