using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>The life of a process from its command line to its exit code.</summary>
internal sealed partial class ServiceRun(ServiceApplication application, CommandLine commandLine)
{
    private const int Success = 0;
    private const int Failure = 1;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using (application)
        {
            if (commandLine.Answer(Console.Out, Console.Error) is { } answered)
            {
                return answered;
            }

            if (commandLine.AsksForHealth)
            {
                var probe = application.Services.GetRequiredService<HealthProbe>();
                return await probe.RunAsync(application.OpensGrpc, Console.Out, cancellationToken) ? Success : Failure;
            }

            return await GuardAsync(ServeAsync, cancellationToken);
        }
    }

    public async Task<int> RunOnceAsync(Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        await using (application)
        {
            return commandLine.Answer(Console.Out, Console.Error) ?? await GuardAsync(
                async signal =>
                {
                    application.ThrowIfMisconfigured();
                    await application.Services.GetRequiredService<Startup>().WarmUpAsync(signal);
                    return await work(application.Services, signal);
                },
                cancellationToken);
        }
    }

    private async Task<int> ServeAsync(CancellationToken signal)
    {
        await application.StartAsync(signal);
        await WaitForEndAsync(signal);
        await application.StopAsync(CancellationToken.None);
        return HasBrokenDown() ? Failure : Success;
    }

    private async Task<int> GuardAsync(Func<CancellationToken, Task<int>> runAsync, CancellationToken cancellationToken)
    {
        using var signals = new TerminationSignals(cancellationToken);
        try
        {
            return await runAsync(signals.Token);
        }
        catch (StartException exception)
        {
            foreach (var problem in exception.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return Failure;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Told to stop while still starting: nothing has been promised to anybody.
            return Success;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"The service cannot run: {exception.Message.ReplaceLineEndings(" ")}");
            LogCannotRun(application.Services.GetRequiredService<ILogger<ServiceRun>>(), exception);
            return Failure;
        }
    }

    private async Task WaitForEndAsync(CancellationToken signal)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var onSignal = signal.Register(() => ended.TrySetResult());
        await using var onStopping = lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    // The host stops when a background service throws, and keeps the reason to itself.
    private bool HasBrokenDown() => application.Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Any(service => service.ExecuteTask is { IsFaulted: true });

    [LoggerMessage(EventId = 1, EventName = "CannotRun", Level = LogLevel.Critical, Message = "The service cannot run.")]
    private static partial void LogCannotRun(ILogger logger, Exception exception);
}
