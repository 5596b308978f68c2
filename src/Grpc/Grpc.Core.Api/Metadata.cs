using System.Collections;
using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>The headers or trailers of a call, in the order in which they are sent. A key may occur more than once.</summary>
/// <remarks>Keys are kept in lower case, and are looked up in lower case. Not safe for use by several threads while it changes.</remarks>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of every key whose values are bytes; such values travel as base64, which the transport takes care of.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Metadata without entries, to which none can be added.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    private readonly List<Entry> _entries = [];

    /// <summary>Creates metadata without entries.</summary>
    public Metadata()
    {
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether a change throws.</summary>
    public bool IsReadOnly { get; private init; }

    /// <summary>The entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="ArgumentNullException">The entry to set is null.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            CheckWriteable();
            _entries[index] = GrpcPreconditions.CheckNotNull(value, nameof(value));
        }
    }

    /// <summary>Finds the last entry with a key.</summary>
    /// <param name="key">The key, in lower case.</param>
    /// <returns>The entry; null if there is none.</returns>
    public Entry? Get(string key)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Key == key)
            {
                return _entries[i];
            }
        }

        return null;
    }

    /// <summary>Finds the last text with a key.</summary>
    /// <param name="key">The key, in lower case.</param>
    /// <returns>The text; null if there is none.</returns>
    /// <exception cref="InvalidOperationException">The key's values are bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Finds the last value with a key, as bytes.</summary>
    /// <param name="key">The key, in lower case.</param>
    /// <returns>A copy of the bytes, or the text's ASCII bytes; null if there is none.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Finds all entries with a key.</summary>
    /// <param name="key">The key, in lower case.</param>
    /// <returns>The entries in order; none if there are none.</returns>
    public IEnumerable<Entry> GetAll(string key)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key)
            {
                yield return _entries[i];
            }
        }
    }

    /// <summary>Adds an entry at the end.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Add(Entry item)
    {
        CheckWriteable();
        _entries.Add(GrpcPreconditions.CheckNotNull(item, nameof(item)));
    }

    /// <summary>Adds a text at the end.</summary>
    /// <param name="key">The key: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, without the <c>-bin</c> suffix.</param>
    /// <param name="value">The text, in printable ASCII.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds bytes at the end.</summary>
    /// <param name="key">The key: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, with the <c>-bin</c> suffix.</param>
    /// <param name="valueBytes">The bytes. They are copied.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Inserts an entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Insert(int index, Entry item)
    {
        CheckWriteable();
        _entries.Insert(index, GrpcPreconditions.CheckNotNull(item, nameof(item)));
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="item">The entry: this very one, not one with the same key and value.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public bool Remove(Entry item)
    {
        CheckWriteable();
        return _entries.Remove(item);
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void RemoveAt(int index)
    {
        CheckWriteable();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Clear()
    {
        CheckWriteable();
        _entries.Clear();
    }

    /// <summary>Tells whether an entry is there.</summary>
    /// <param name="item">The entry: this very one, not one with the same key and value.</param>
    /// <returns>Whether it is there.</returns>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Finds the position of an entry.</summary>
    /// <param name="item">The entry: this very one, not one with the same key and value.</param>
    /// <returns>The position, from 0; -1 if it is not there.</returns>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Copies the entries to an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="arrayIndex">Where in the array to begin.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Goes through the entries in order.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<Entry> GetEnumerator() => ((IEnumerable<Entry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckWriteable() => GrpcPreconditions.CheckState(!IsReadOnly, "The metadata is read-only.");
}
