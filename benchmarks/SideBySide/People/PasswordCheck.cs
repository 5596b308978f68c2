using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BooksForYou.SideBySide.People;

/// <summary>The framework's check of a password, which is slow on purpose and the least that signing in can cost.</summary>
internal static class PasswordCheck
{
    // The default of Accounts:PasswordIterations.
    private const int Iterations = 210_000;

    /// <summary>How long one takes, in microseconds, on one processor.</summary>
    public static double MeasureMicroseconds(TimeSpan duration)
    {
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        var hash = hasher.HashPassword(duration, "a long and winding password");
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed < duration)
        {
            hasher.VerifyHashedPassword(duration, hash, "a long and winding password");
            count++;
        }

        return clock.Elapsed.TotalMicroseconds / count;
    }
}
