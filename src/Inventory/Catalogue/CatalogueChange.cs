using System.Data.Common;
using BooksForYou.Inventory.Search;
using BooksForYou.ServiceKit.Telemetry;
using Dapper;
using NpgsqlTypes;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>One change of the catalogue, in its transaction.</summary>
internal sealed class CatalogueChange(DbConnection connection, long number, DateTimeOffset now)
{
    private static readonly RowInsert BookRows = new(
        "book",
        [
            ("book_id", NpgsqlDbType.Integer), ("title", NpgsqlDbType.Text), ("author", NpgsqlDbType.Text), ("year", NpgsqlDbType.Integer),
            ("isbn", NpgsqlDbType.Text), ("category", NpgsqlDbType.Integer), ("description", NpgsqlDbType.Text),
            ("price_cents", NpgsqlDbType.Bigint), ("currency", NpgsqlDbType.Text), ("out_of_print", NpgsqlDbType.Boolean),
            ("source", NpgsqlDbType.Text), ("change", NpgsqlDbType.Bigint), ("title_key", NpgsqlDbType.Text), ("author_key", NpgsqlDbType.Text),
            ("traceparent", NpgsqlDbType.Text),
        ]);

    private static readonly RowInsert StockRows = new(
        "stock", [("book_id", NpgsqlDbType.Integer), ("category", NpgsqlDbType.Integer), ("on_hand", NpgsqlDbType.Integer)]);

    /// <summary>The connection, for further statements of the same transaction.</summary>
    public DbConnection Connection => connection;

    /// <summary>Adds books with consecutive numbers, their stock with its entry in the ledger, and their words.</summary>
    /// <param name="books">The books, free of problems.</param>
    /// <param name="reason">What the ledger says.</param>
    /// <param name="reference">What the ledger refers to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of the first book.</returns>
    public async Task<int> AddAsync(IReadOnlyList<NewBook> books, string reason, string reference, CancellationToken cancellationToken)
    {
        // Nobody else adds a book before this has committed, and none is ever deleted.
        var first = 1 + await connection.ExecuteScalarAsync<int>(
            new CommandDefinition("SELECT coalesce(max(book_id), 0) FROM book", cancellationToken: cancellationToken));
        var keys = books.Select(book => (Title: book.Book.TitleKey, Author: book.Book.AuthorKey)).ToList();
        await BookRows.ExecuteAsync(
            connection,
            [.. books.Select((added, i) => Values(first + i, added.Book, keys[i].Title, keys[i].Author))],
            cancellationToken);
        await StockRows.ExecuteAsync(
            connection,
            [.. books.Select((added, i) => new object?[] { first + i, (int)added.Book.Category, added.Quantity })],
            cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO stock_entry (book_id, create_time, delta, reason, reference)
            SELECT book_id, @now, on_hand, @reason, @reference FROM stock WHERE book_id >= @first AND on_hand > 0 ORDER BY book_id
            """,
            new { now, reason, reference, first },
            cancellationToken: cancellationToken));

        var words = new Dictionary<string, int>();
        keys.ForEach(key => Vocabulary.Count(words, key.Title, key.Author, 1));
        await Vocabulary.CountAsync(connection, words, cancellationToken);
        return first;
    }

    /// <summary>Writes a book over.</summary>
    /// <param name="bookId">Its number; there is such a book.</param>
    /// <param name="book">The book as it is to be, free of problems.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UpdateAsync(int bookId, BookDraft book, CancellationToken cancellationToken)
    {
        var before = await connection.QuerySingleAsync<(string Title, string Author)>(new CommandDefinition(
            "SELECT title_key, author_key FROM book WHERE book_id = @bookId", new { bookId }, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE book
            SET title = @Title, author = @Author, year = @Year, isbn = @Isbn, category = @Category, description = @Description, price_cents = @PriceCents,
                currency = @Currency, out_of_print = @OutOfPrint, change = @number, title_key = @TitleKey, author_key = @AuthorKey,
                traceparent = @trace
            WHERE book_id = @bookId;

            UPDATE stock SET category = @Category WHERE book_id = @bookId AND category <> @Category;
            """,
            new
            {
                bookId,
                number,
                book.Title,
                book.Author,
                book.Year,
                book.Isbn,
                Category = (int)book.Category,
                book.Description,
                book.PriceCents,
                book.Currency,
                book.OutOfPrint,
                book.TitleKey,
                book.AuthorKey,
                trace = TraceParent.Current,
            },
            cancellationToken: cancellationToken));

        var words = new Dictionary<string, int>();
        Vocabulary.Count(words, before.Title, before.Author, -1);
        Vocabulary.Count(words, book.TitleKey, book.AuthorKey, 1);
        await Vocabulary.CountAsync(connection, words, cancellationToken);
    }

    private object?[] Values(int bookId, BookDraft book, string titleKey, string authorKey) =>
    [
        bookId, book.Title, book.Author, book.Year, book.Isbn, (int)book.Category, book.Description, book.PriceCents, book.Currency, book.OutOfPrint,
        book.Source, number, titleKey, authorKey, TraceParent.Current,
    ];
}
