using System.Diagnostics;

namespace BooksForYou.Chaos.Tests.Running;

/// <summary>Kills processes by the schedule and starts them again.</summary>
/// <param name="shop">The processes.</param>
/// <param name="options">The seed, and when it is enough.</param>
/// <param name="answers">How many answers customers have got so far.</param>
/// <param name="progress">Is told of each kill.</param>
internal sealed class Killer(Shop shop, ChaosOptions options, Func<int> answers, Action<string> progress)
{
    // Then too little is up for anybody to be answered soon, and another kill makes it worse, which is worth trying as well.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<ServiceProcess, Task> _restarts = shop.Processes.ToDictionary(process => process, _ => Task.CompletedTask);

    private int Kills => shop.Processes.Sum(process => process.Kills);

    /// <summary>Kills until there have been enough kills, or the time is over, and waits until all processes serve again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Duration);
        try
        {
            foreach (var kill in Kill.Schedule(options.Seed, shop.Processes.Count).TakeWhile(_ => Kills < options.Kills))
            {
                await WaitForAnswersAsync(kill.Answers, limit.Token);
                await Task.Delay(kill.Pause, limit.Token);
                var victim = shop.Processes[kill.Victim];
                await _restarts[victim].WaitAsync(limit.Token);
                await victim.KillAsync();
                progress($"kill {Kills}: {victim.Name}, back after {kill.Down.TotalMilliseconds:0} ms");
                _restarts[victim] = RestartAsync(victim, kill);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }

        await Task.WhenAll(_restarts.Values);
    }

    private async Task WaitForAnswersAsync(int count, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look);
        var wanted = answers() + count;
        for (var began = Stopwatch.GetTimestamp(); answers() < wanted && Stopwatch.GetElapsedTime(began) < LongestWait;)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task RestartAsync(ServiceProcess victim, Kill kill)
    {
        await Task.Delay(kill.Down);
        victim.Start();
        if (kill.WhileStarting is { } pause)
        {
            await Task.Delay(pause);
            await victim.KillAsync();
            victim.Start();
        }

        await victim.ServesAsync();
    }
}
