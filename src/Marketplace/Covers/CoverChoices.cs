using System.Runtime.InteropServices;

namespace BooksForYou.Marketplace.Covers;

/// <summary>A sequence of numbers that depends on title and author alone, so that a book looks the same in every process and on every day.</summary>
internal sealed class CoverChoices
{
    private ulong _state;

    public CoverChoices(string title, string author) => _state = Fingerprint(title, author);

    /// <summary>A number for a title and an author that is the same in every process (FNV-1a, 64 bits).</summary>
    public static ulong Fingerprint(string title, string author)
    {
        var hash = Add(0xcbf29ce484222325, title);
        return Add((hash ^ 0xff) * 0x100000001b3, author);
    }

    /// <summary>The next number, from 0 to one less than the count.</summary>
    public int Next(int count)
    {
        // SplitMix64: neighbouring states give unrelated numbers.
        _state += 0x9e3779b97f4a7c15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (int)((z ^ (z >> 31)) % (ulong)count);
    }

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    private static ulong Add(ulong hash, string text)
    {
        foreach (var octet in MemoryMarshal.AsBytes(text.AsSpan()))
        {
            hash = (hash ^ octet) * 0x100000001b3;
        }

        return hash;
    }
}
