using System.Data.Common;
using System.Text.Json;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>Reads the table book, each time with the stock of the moment.</summary>
internal sealed class BookStore([FromKeyedServices("Inventory")] Database database)
{
    private readonly string _idsOf = database.Dialect == DatabaseDialect.Sqlite ? "IN (SELECT value FROM json_each(@ids))" : "= ANY (@ids)";

    /// <summary>The book of a number, or null.</summary>
    public async Task<BookRow?> FindAsync(int bookId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<BookRow>(new CommandDefinition(
            $"SELECT {BookRow.Columns} FROM book b JOIN stock s ON s.book_id = b.book_id WHERE b.book_id = @bookId",
            new { bookId },
            cancellationToken: cancellationToken));
    }

    /// <summary>The books of the numbers given, in that order, without those that there are not; each once.</summary>
    public async Task<IReadOnlyList<BookRow>> FindManyAsync(IReadOnlyList<int> bookIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await FindManyAsync(connection, bookIds, cancellationToken);
    }

    /// <summary>Does as <see cref="FindManyAsync(IReadOnlyList{int}, CancellationToken)"/> on a connection that is open already.</summary>
    public async Task<IReadOnlyList<BookRow>> FindManyAsync(
        DbConnection connection, IReadOnlyList<int> bookIds, CancellationToken cancellationToken)
    {
        if (bookIds.Count == 0)
        {
            return [];
        }

        var rows = await connection.QueryAsync<BookRow>(new CommandDefinition(
            $"SELECT {BookRow.Columns} FROM book b JOIN stock s ON s.book_id = b.book_id WHERE b.book_id {_idsOf}",
            database.Dialect == DatabaseDialect.Sqlite ? new { ids = JsonSerializer.Serialize(bookIds) } : new { ids = bookIds.ToArray() },
            cancellationToken: cancellationToken));
        var byId = rows.ToDictionary(row => row.BookId);
        return [.. bookIds.Distinct().Where(byId.ContainsKey).Select(id => byId[id])];
    }

    /// <summary>A page of a list.</summary>
    /// <param name="list">What to list, and in which order.</param>
    /// <param name="pageSize">How many books the page has, 1 to 100.</param>
    /// <param name="after">Where the page before ended, or null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidArgumentException">The token is not from this list.</exception>
    public async Task<BookPage> ListAsync(BookList list, int pageSize, PageToken? after, CancellationToken cancellationToken)
    {
        var parameters = list.Parameters(after) ?? throw new InvalidArgumentException(
            new FieldViolation("page_token", "must be the next_page_token of a page"));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<BookRow, string, (BookRow Book, string Key)>(
            new CommandDefinition(
                list.Sql(database.Dialect, pageSize, isFirst: after is null), parameters, cancellationToken: cancellationToken),
            (book, key) => (book, key),
            splitOn: "OrderKey")).AsList();

        var books = rows.Take(pageSize).Select(row => row.Book).ToList();
        if (rows.Count <= pageSize)
        {
            return new BookPage(books, "");
        }

        var last = rows[pageSize - 1];
        var token = new PageToken(list.Scope, last.Book.BookId, last.Key);
        return new BookPage(books, token.ToString());
    }
}
