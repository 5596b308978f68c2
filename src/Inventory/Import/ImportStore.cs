using System.Data.Common;
using System.Text.Json;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Search;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Inventory.Import;

/// <summary>Finds the books that rows of a file are about: by the file's own number, by ISBN, or by title and author.</summary>
internal sealed class ImportStore([FromKeyedServices("Inventory")] Database database, ShopCurrency currency)
{
    private const string Columns =
        """
        book_id AS BookId, title, author, year, isbn, category, description, price_cents AS PriceCents, currency, out_of_print AS OutOfPrint, source,
        title_key AS TitleKey, author_key AS AuthorKey
        """;

    /// <summary>Says what each row would change now.</summary>
    public async Task<SortedRows> SortAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await SortAsync(connection, rows, cancellationToken);
    }

    /// <summary>Says what each row changes, in the transaction that is to change it.</summary>
    public async Task<SortedRows> SortAsync(DbConnection connection, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        var books = await FindAsync(connection, rows, cancellationToken);
        var bySource = books.Where(book => book.Source is not null).ToDictionary(book => book.Source!);
        var byIsbn = books.Where(book => book.Isbn.Length > 0).ToDictionary(book => book.Isbn);
        var byTitle = books.OrderBy(book => book.BookId).ToLookup(book => (book.TitleKey, book.AuthorKey));

        var (added, different) = (new List<ImportRow>(), new List<(int, BookDraft)>());
        foreach (var row in rows)
        {
            var sameIsbn = byIsbn.GetValueOrDefault(row.Isbn);
            if (row.Source is { } source)
            {
                if (bySource.TryGetValue(source, out var known))
                {
                    AddIfDifferent(different, known, sameIsbn is null || sameIsbn == known ? row : row with { Isbn = known.Isbn });
                }
                else if (sameIsbn is null)
                {
                    added.Add(row);
                }

                // A book of this ISBN that is from elsewhere is better known there.
                continue;
            }

            var namesake = byTitle[(Folding.Key(row.Title), Folding.Key(row.Author))].FirstOrDefault(
                book => row.Isbn.Length == 0 || book.Isbn.Length == 0);
            if ((sameIsbn ?? namesake) is { } existing)
            {
                AddIfDifferent(different, existing, row);
            }
            else
            {
                added.Add(row);
            }
        }

        return new SortedRows(added, different);
    }

    private void AddIfDifferent(List<(int, BookDraft)> different, ExistingBook book, ImportRow row)
    {
        var after = row.Over(book);
        after = after.Currency.Length == 0 ? after with { Currency = currency.Code } : after;
        if (!book.Matches(after))
        {
            different.Add((book.BookId, after));
        }
    }

    private async Task<List<ExistingBook>> FindAsync(
        DbConnection connection, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        var unnumbered = rows.Where(row => row.Source is null);
        var books = await connection.QueryAsync<ExistingBook>(new CommandDefinition(
            $"""
            SELECT {Columns} FROM book WHERE source {In("sources")}
            UNION
            SELECT {Columns} FROM book WHERE isbn <> '' AND isbn {In("isbns")}
            UNION
            SELECT {Columns} FROM book WHERE title_key {In("titles")}
            """,
            new
            {
                sources = List(rows.Where(row => row.Source is not null).Select(row => row.Source!)),
                isbns = List(rows.Where(row => row.Isbn.Length > 0).Select(row => row.Isbn)),
                titles = List(unnumbered.Select(row => Folding.Key(row.Title))),
            },
            cancellationToken: cancellationToken));
        return books.AsList();
    }

    private string In(string parameter) =>
        database.Dialect == DatabaseDialect.Sqlite ? $"IN (SELECT value FROM json_each(@{parameter}))" : $"= ANY (@{parameter})";

    private object List(IEnumerable<string> values) =>
        database.Dialect == DatabaseDialect.Sqlite ? JsonSerializer.Serialize(values) : values.ToArray();
}
