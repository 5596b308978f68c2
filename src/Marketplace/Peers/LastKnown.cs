using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace BooksForYou.Marketplace.Peers;

/// <summary>
/// Answers of another service, kept to be given again: without asking while they are fresh, and afterwards whenever the service is away.
/// When there are too many, those that nobody asked for lately go first.
/// </summary>
/// <param name="capacity">How many answers are kept at the most.</param>
/// <param name="freshFor">How long an answer is given without asking again.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class LastKnown<TKey, TValue>(int capacity, TimeSpan freshFor, TimeProvider clock) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = capacity });

    /// <summary>The answer for a key: a fresh one from here, else one from the service, else an old one.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="ask">Asks the service.</param>
    public ValueTask<Answer<TValue>> GetAsync(TKey key, Func<TKey, Task<Answer<TValue>>> ask) =>
        TryGetEntry(key, out var entry) && clock.GetElapsedTime(entry.At) < freshFor
            ? ValueTask.FromResult(new Answer<TValue>(entry.Value, IsRefused: false))
            : AskAsync(key, entry, ask);

    /// <summary>A fresh answer that is known already; null when there is none.</summary>
    public TValue? FindFresh(TKey key) => TryGetEntry(key, out var entry) && clock.GetElapsedTime(entry.At) < freshFor ? entry.Value : null;

    /// <summary>An answer of any age that is known already; null when there is none.</summary>
    public TValue? Find(TKey key) => TryGetEntry(key, out var entry) ? entry.Value : null;

    /// <summary>Keeps an answer that came in another way.</summary>
    public void Keep(TKey key, TValue value) => _entries.Set(key, new Entry(value, clock.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1 });

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private async ValueTask<Answer<TValue>> AskAsync(TKey key, Entry? old, Func<TKey, Task<Answer<TValue>>> ask)
    {
        var answer = await ask(key).ConfigureAwait(false);
        if (answer.Value is not null)
        {
            Keep(key, answer.Value);
            return answer;
        }

        if (answer.IsRefused)
        {
            _entries.Remove(key);
            return answer;
        }

        return old is null ? answer : new Answer<TValue>(old.Value, IsRefused: false);
    }

    private bool TryGetEntry(TKey key, [NotNullWhen(true)] out Entry? entry) => _entries.TryGetValue(key, out entry) && entry is not null;

    private sealed record Entry(TValue Value, long At);
}
