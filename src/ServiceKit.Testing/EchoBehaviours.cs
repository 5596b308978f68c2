using Grpc.Core;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>What the echo service does for which input.</summary>
internal sealed class EchoBehaviours
{
    private static readonly Status Aborted = new(StatusCode.Aborted, "thrown as it is");
    private static readonly Status Refused = new(StatusCode.FailedPrecondition, "set by the handler");

    private readonly Dictionary<string, Func<ServerCallContext, Task>> _behaviours;
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EchoBehaviours(EchoHostOptions options)
    {
        _behaviours = new(StringComparer.Ordinal)
        {
            [EchoInput.Error] = _ => throw options.Error(),
            [EchoInput.Rpc] = _ => throw new RpcException(Aborted, new Metadata { { "reason", "rpc" } }),
            [EchoInput.Status] = context =>
            {
                context.Status = Refused;
                return Task.CompletedTask;
            },
            [EchoInput.StatusThenError] = context =>
            {
                context.Status = Refused;
                throw new InvalidOperationException("thrown after a status was set");
            },
            [EchoInput.Wait] = context => WaitAsync(context, rethrow: true),
            [EchoInput.Ignore] = context => WaitAsync(context, rethrow: false),
            [EchoInput.Headers] = context => context.WriteResponseHeadersAsync([]),
            [EchoInput.Yield] = async _ => await Task.Yield(),
        };
        foreach (var (input, behaviour) in options.Behaviours)
        {
            _behaviours[input] = behaviour;
        }
    }

    public Task Waiting => _waiting.Task;

    public Task Act(string input, ServerCallContext context) =>
        _behaviours.TryGetValue(input, out var behaviour) ? behaviour(context) : Task.CompletedTask;

    private async Task WaitAsync(ServerCallContext context, bool rethrow)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.CancellationToken.Register(cancelled.SetResult);
        _waiting.TrySetResult();
        await cancelled.Task;
        if (rethrow)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
