namespace BooksForYou.Chaos.Tests.Running;

/// <summary>One kill of the schedule.</summary>
/// <param name="Answers">How many answers customers get after the kill before it, if they get them within some seconds.</param>
/// <param name="Pause">How long after that; with no answers to wait for and no pause, two processes are down at once.</param>
/// <param name="Victim">Which process, by its place in <see cref="Shop.Processes"/>.</param>
/// <param name="Down">How long before it is started again.</param>
/// <param name="WhileStarting">How long after that start it is killed once more; null, not at all.</param>
internal sealed record Kill(int Answers, TimeSpan Pause, int Victim, TimeSpan Down, TimeSpan? WhileStarting)
{
    /// <summary>The kills of a seed, without end: the same ones whenever it is given again.</summary>
    public static IEnumerable<Kill> Schedule(int seed, int processes)
    {
#pragma warning disable CA5394 // A seed is to give the same schedule again.
        var random = new Random(seed);
        while (true)
        {
            var isAtOnce = random.Next(5) == 0;
            yield return new Kill(
                Answers: isAtOnce ? 0 : random.Next(20),
                Pause: isAtOnce ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(2000)),
                Victim: random.Next(processes),
                Down: TimeSpan.FromMilliseconds(random.Next(1500)),
                WhileStarting: random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(1500)) : null);
        }
#pragma warning restore CA5394
    }
}
