using System.Diagnostics;
using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Search;
using BooksForYou.ServiceKit.Text;
using Npgsql;
using NpgsqlTypes;

namespace BooksForYou.SideBySide.Catalogue;

/// <summary>
/// Puts many books into the database of Inventory with COPY: what the import would write, without the checks and the locks that it takes
/// for a store that is open. The words come from Inventory's own code.
/// </summary>
internal sealed class CatalogueLoad(NpgsqlDataSource database)
{
    private const int Copies = 1000;
    private const int WorthSaying = 50_000;

    private readonly Dictionary<string, int> _words = [];

    /// <summary>Loads the books of a generator into a catalogue that is empty.</summary>
    public async Task LoadAsync(BookGenerator generator, int books, CancellationToken cancellation)
    {
        // Built at the end, in one go, as one would for a load of this size.
        var indexes = await IndexesAsync(cancellation);
        foreach (var (name, _) in indexes)
        {
            await ExecuteAsync($"DROP INDEX {name}", cancellation);
        }

        await CopyBooksAsync(generator, books, cancellation);
        await Console.Error.WriteLineAsync("  words, stock and indexes …");
        await CopyWordsAsync(cancellation);
        await ExecuteAsync(
            $"""
            INSERT INTO stock (book_id, category, on_hand) SELECT book_id, category, {Copies} FROM book ORDER BY book_id;
            INSERT INTO stock_entry (book_id, create_time, delta, reason, reference)
            SELECT book_id, now(), {Copies}, 'imported', 'import' FROM book ORDER BY book_id;
            UPDATE catalogue SET last_change = 1
            """,
            cancellation);
        foreach (var (_, definition) in indexes)
        {
            await ExecuteAsync($"SET maintenance_work_mem = '1GB'; {definition}", cancellation);
        }

        await ExecuteAsync("VACUUM ANALYZE", cancellation);
    }

    private async Task CopyBooksAsync(BookGenerator generator, int books, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            COPY book (
                book_id, title, author, year, isbn, category, description, price_cents, currency, out_of_print, change, title_key, author_key)
            FROM STDIN (FORMAT binary)
            """,
            cancellation);
        for (var number = 0; number < books; number++)
        {
            var book = generator.Make(number);
            var (titleKey, authorKey) = (Folding.Key(book.Title), Folding.Key(book.Author));
            foreach (var word in $"{titleKey} {authorKey}".Split(' ').Distinct())
            {
                _words[word] = _words.GetValueOrDefault(word) + 1;
            }

            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(number + 1, cancellation);
            await copy.WriteAsync(book.Title, cancellation);
            await copy.WriteAsync(book.Author, cancellation);
            await copy.WriteAsync(book.Year, cancellation);
            await copy.WriteAsync(book.Isbn, cancellation);
            await copy.WriteAsync((int)book.Category, cancellation);
            await copy.WriteAsync(book.Description, cancellation);
            await copy.WriteAsync(book.PriceCents, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync("EUR", cancellation);
            await copy.WriteAsync(false, cancellation);
            await copy.WriteAsync(1L, cancellation);
            await copy.WriteAsync(titleKey, cancellation);
            await copy.WriteAsync(authorKey, cancellation);
            if ((number + 1) % WorthSaying == 0)
            {
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"  {number + 1:#,0} of {books:#,0} books, {(number + 1) / clock.Elapsed.TotalSeconds:0} a second"));
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    private async Task CopyWordsAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY search_word (word, books) FROM STDIN (FORMAT binary)", cancellation))
        {
            foreach (var (word, count) in _words)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(word, cancellation);
                await copy.WriteAsync(count, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await using var forms = await connection.BeginBinaryImportAsync("COPY search_form (form, word) FROM STDIN (FORMAT binary)", cancellation);
        foreach (var word in _words.Keys)
        {
            foreach (var form in TypingError.FormsOfWord(word))
            {
                await forms.StartRowAsync(cancellation);
                await forms.WriteAsync(form, cancellation);
                await forms.WriteAsync(word, cancellation);
            }
        }

        await forms.CompleteAsync(cancellation);
    }

    private async Task<List<(string Name, string Definition)>> IndexesAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT indexname, indexdef
            FROM pg_indexes
            WHERE tablename IN ('book', 'stock', 'stock_entry') AND indexname NOT IN (SELECT conname FROM pg_constraint)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        return indexes;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
