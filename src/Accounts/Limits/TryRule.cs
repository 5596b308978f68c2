namespace BooksForYou.Accounts.Limits;

/// <summary>How many tries are free, and what pause follows each further one: a second, doubled up to a longest.</summary>
/// <param name="Subject">Whom the tries concern, hashed.</param>
/// <param name="Free">How many are free.</param>
/// <param name="LongestPause">The longest pause.</param>
internal sealed record TryRule(string Subject, int Free, TimeSpan LongestPause)
{
    private const int MostDoublings = 20;

    /// <summary>The pause that follows a try.</summary>
    /// <param name="tries">The how manieth it was, from 1.</param>
    public TimeSpan PauseAfter(int tries)
    {
        if (tries <= Free)
        {
            return TimeSpan.Zero;
        }

        var pause = TimeSpan.FromSeconds(1 << Math.Min(tries - Free - 1, MostDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }
}
