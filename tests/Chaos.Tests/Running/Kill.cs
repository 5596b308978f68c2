namespace BooksForYou.Chaos.Tests.Running;

/// <summary>One kill of the schedule.</summary>
/// <param name="Pause">How long after the kill before it; zero, to have two processes down at once.</param>
/// <param name="Victim">Which process, by its place in <see cref="Shop.Processes"/>.</param>
/// <param name="Down">How long before it is started again.</param>
/// <param name="WhileStarting">How long after that start it is killed once more; null, not at all.</param>
internal sealed record Kill(TimeSpan Pause, int Victim, TimeSpan Down, TimeSpan? WhileStarting)
{
    /// <summary>The kills of a seed, without end: the same ones whenever it is given again.</summary>
    public static IEnumerable<Kill> Schedule(int seed, int processes)
    {
#pragma warning disable CA5394 // A seed is to give the same schedule again.
        var random = new Random(seed);
        while (true)
        {
            yield return new Kill(
                Pause: random.Next(5) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(300, 3000)),
                Victim: random.Next(processes),
                Down: TimeSpan.FromMilliseconds(random.Next(1500)),
                WhileStarting: random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(1500)) : null);
        }
#pragma warning restore CA5394
    }
}
