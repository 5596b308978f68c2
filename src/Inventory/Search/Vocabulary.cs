using System.Data.Common;
using System.Text.Json;
using BooksForYou.Inventory.Catalogue;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace BooksForYou.Inventory.Search;

/// <summary>The tables search_word and search_form, kept in step with the books in the transaction that writes these.</summary>
internal static class Vocabulary
{
    private static readonly RowInsert WordRows = new(
        "search_word",
        [("word", NpgsqlDbType.Text), ("books", NpgsqlDbType.Integer)],
        "ON CONFLICT (word) DO UPDATE SET books = search_word.books + excluded.books");

    private static readonly RowInsert FormRows = new(
        "search_form", [("form", NpgsqlDbType.Text), ("word", NpgsqlDbType.Text)], "ON CONFLICT (form, word) DO NOTHING");

    /// <summary>Counts words that books have gained or lost.</summary>
    /// <param name="connection">The connection, in a transaction of the catalogue.</param>
    /// <param name="changes">For each word, how many more books have it now; negative for fewer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task CountAsync(
        DbConnection connection, IReadOnlyDictionary<string, int> changes, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(connection, changes.Keys, cancellationToken);
        var changed = changes.Where(change => change.Value != 0).OrderBy(change => change.Key, StringComparer.Ordinal).ToList();
        await WordRows.ExecuteAsync(
            connection,
            changed.ConvertAll(change => new object?[] { change.Key, change.Value }),
            cancellationToken);

        var forms = changed.Where(change => !known.Contains(change.Key)).SelectMany(
            change => TypingError.FormsOfWord(change.Key).Select(form => new object?[] { form, change.Key }));
        await FormRows.ExecuteAsync(connection, [.. forms], cancellationToken);
    }

    /// <summary>Adds the words of a book to a count.</summary>
    /// <param name="changes">The count.</param>
    /// <param name="titleKey">The folded title.</param>
    /// <param name="authorKey">The folded authors.</param>
    /// <param name="books">1 for a book that is there from now on, -1 for one that is no longer.</param>
    public static void Count(Dictionary<string, int> changes, string titleKey, string authorKey, int books)
    {
        foreach (var word in $"{titleKey} {authorKey}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            changes[word] = changes.GetValueOrDefault(word) + books;
        }
    }

    private static async Task<HashSet<string>> KnownAsync(
        DbConnection connection, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var command = connection is NpgsqlConnection
            ? new CommandDefinition(
                "SELECT word FROM search_word WHERE word = ANY (@words)",
                new { words = words.ToArray() },
                cancellationToken: cancellationToken)
            : new CommandDefinition(
                "SELECT word FROM search_word WHERE word IN (SELECT value FROM json_each(@words))",
                new { words = JsonSerializer.Serialize(words) },
                cancellationToken: cancellationToken);
        return [.. await connection.QueryAsync<string>(command)];
    }
}
