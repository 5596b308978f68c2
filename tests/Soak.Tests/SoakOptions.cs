using System.Globalization;

namespace BooksForYou.Soak.Tests;

/// <summary>How long the store is looked at, and how much it has to do. The environment variables that begin with SOAK_ decide.</summary>
/// <param name="Duration">How long the load lasts (<c>SOAK_MINUTES</c>).</param>
/// <param name="PagesPerSecond">How many pages are asked for (<c>SOAK_RATE</c>); to every twentieth there is a purchase.</param>
internal sealed record SoakOptions(TimeSpan Duration, int PagesPerSecond)
{
    /// <summary>So long there is more to do: code is compiled, caches and pools fill.</summary>
    public TimeSpan WarmUp => Duration / 3;

    /// <summary>What happens before is not looked at: connections and threads of the warm-up are let go.</summary>
    public TimeSpan Settled => WarmUp + (Duration / 6);

    /// <summary>How often is looked.</summary>
    public TimeSpan Interval => Duration / 120;

    /// <summary>Two minutes, as a part of every test run, unless it is said otherwise.</summary>
    public static SoakOptions FromEnvironment() => new(TimeSpan.FromMinutes(Read("SOAK_MINUTES", 2)), Read("SOAK_RATE", 5));

    private static int Read(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;
}
