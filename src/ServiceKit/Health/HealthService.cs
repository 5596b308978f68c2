using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Shutdown;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Health;

/// <summary>The gRPC health checking protocol: <see href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md"/>.</summary>
internal sealed class HealthService(HealthState state, ShutdownState shutdown) : Contracts.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = state.Current.StatusOf(request.Service);
        return status == HealthCheckResponse.Types.ServingStatus.ServiceUnknown
            ? throw new NotFoundException($"There is no service \"{request.Service}\" here.")
            : Task.FromResult(new HealthCheckResponse { Status = status });
    }

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Draining);
        var last = HealthCheckResponse.Types.ServingStatus.Unknown;
        bool hasEnded;
        do
        {
            // In this order, so that a watcher is told NOT_SERVING before its watch ends.
            hasEnded = end.IsCancellationRequested;
            var snapshot = state.Current;
            var status = snapshot.StatusOf(request.Service);
            if (status != last)
            {
                last = status;
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
            }

            if (!hasEnded)
            {
                await snapshot.Replaced.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        while (!hasEnded);

        if (!context.CancellationToken.IsCancellationRequested)
        {
            // A status and not an exception: the end of a watch is no failure that anybody should look into.
            shutdown.CountEndedStream();
            context.Status = new Status(StatusCode.Unavailable, "The server is shutting down.");
        }
    }
}
