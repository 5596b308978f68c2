using System.Globalization;

namespace BooksForYou.Chaos.Tests;

/// <summary>
/// How a run is to be. The environment variables that begin with CHAOS_ decide, and the run's own defaults where they say nothing.
/// </summary>
internal sealed record ChaosOptions
{
    /// <summary>Decides who is killed when and what customers do (<c>CHAOS_SEED</c>); another one each time, unless it is given.</summary>
    public required int Seed { get; init; }

    /// <summary>The run ends after so many kills (<c>CHAOS_KILLS</c>).</summary>
    public required int Kills { get; init; }

    /// <summary>The run ends after this time, however many kills there were.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many customers buy at the same time (<c>CHAOS_CLIENTS</c>).</summary>
    public required int Customers { get; init; }

    /// <summary>How many replicas of Cart there are (<c>CHAOS_CARTS</c>).</summary>
    public required int CartReplicas { get; init; }

    /// <summary>The long run if a number of kills is given, as <c>./test chaos</c> does, and otherwise the short one.</summary>
    public static ChaosOptions FromEnvironment() => Read("CHAOS_KILLS", 0) is > 0 and var kills ? Long(kills) : Short();

    // Part of every test run: about a minute, with the time to start and to settle.
    private static ChaosOptions Short() => new()
    {
        Seed = Read("CHAOS_SEED", AnySeed()),
        Kills = int.MaxValue,
        Duration = TimeSpan.FromSeconds(40),
        Customers = Read("CHAOS_CLIENTS", 10),
        CartReplicas = Read("CHAOS_CARTS", 1),
    };

    private static ChaosOptions Long(int kills) => new()
    {
        Seed = Read("CHAOS_SEED", AnySeed()),
        Kills = kills,
        Duration = TimeSpan.FromHours(24),
        Customers = Read("CHAOS_CLIENTS", 16),
        CartReplicas = Read("CHAOS_CARTS", 2),
    };

    private static int AnySeed() => (int)(DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond % 1_000_000);

    private static int Read(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;
}
