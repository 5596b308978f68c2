using System.Globalization;

namespace BooksForYou.Soak.Tests;

/// <summary>What a process holds at a moment, as Linux tells.</summary>
/// <param name="Minutes">When, in minutes since the load began.</param>
/// <param name="MemoryMegabytes">Its memory that is its own: resident, and not of a file.</param>
/// <param name="Handles">Its open files and sockets.</param>
/// <param name="Connections">Its sockets alone.</param>
/// <param name="Threads">Its threads.</param>
internal sealed record Sample(double Minutes, double MemoryMegabytes, int Handles, int Connections, int Threads)
{
    /// <summary>Looks at a process.</summary>
    public static Sample Of(int processId, TimeSpan since)
    {
        var status = File.ReadLines($"/proc/{processId}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
        var handles = Directory.GetFileSystemEntries($"/proc/{processId}/fd").Select(TargetOf).OfType<string>().ToList();
        return new Sample(
            since.TotalMinutes,
            Number(status["RssAnon"]) / 1024.0,
            handles.Count,
            handles.Count(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            Number(status["Threads"]));
    }

    /// <returns>What a handle leads to; null when it was closed in the meantime.</returns>
    private static string? TargetOf(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.Name;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture);
}
