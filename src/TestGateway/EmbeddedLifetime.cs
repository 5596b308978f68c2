namespace BooksForYou.TestGateway;

/// <summary>Leaves Ctrl+C and SIGTERM to the process that the gateway runs in: it stops the gateway last.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
