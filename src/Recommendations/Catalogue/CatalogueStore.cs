using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The tables book and copy_state: our own copy of the catalogue.</summary>
internal sealed class CatalogueStore([FromKeyedServices("Recommendations")] Database database)
{
    /// <summary>Reads every book.</summary>
    public async Task<IReadOnlyList<Book>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var books = await connection.QueryAsync<Book>(new CommandDefinition(
            "SELECT book_id AS Id, title, author, year, category FROM book",
            cancellationToken: cancellationToken));
        return books.AsList();
    }

    /// <summary>Says how far the copy has come.</summary>
    public async Task<CopyState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (cursor, pass, completePass) = await connection.QuerySingleAsync<(string, int, int)>(new CommandDefinition(
            "SELECT cursor, pass, complete_pass FROM copy_state", cancellationToken: cancellationToken));
        return new CopyState(cursor, pass, completePass);
    }

    /// <summary>Takes books in and moves the cursor on, both or neither.</summary>
    /// <param name="before">How far the copy had come.</param>
    /// <param name="books">The books, as they are after that.</param>
    /// <param name="after">How far it has come now. If the reading has thereby become complete, books that it has not seen are taken
    /// out.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>Whether the copy had come so far. If not, another process has taken over, and nothing was changed.</returns>
    public Task<bool> ApplyAsync(
        CopyState before,
        IReadOnlyCollection<Book> books,
        CopyState after,
        CancellationToken cancellationToken) => database.TransactionAsync(
        System.Data.IsolationLevel.ReadCommitted,
        async (connection, token) =>
        {
            var moved = await ExecuteAsync(
                connection,
                """
                UPDATE copy_state SET cursor = @Cursor, pass = @Pass, complete_pass = @CompletePass
                WHERE cursor = @OldCursor AND pass = @OldPass
                """,
                new { after.Cursor, after.Pass, after.CompletePass, OldCursor = before.Cursor, OldPass = before.Pass },
                token);
            if (moved == 0)
            {
                return false;
            }

            await ExecuteAsync(
                connection,
                """
                INSERT INTO book (book_id, title, author, year, category, pass) VALUES (@Id, @Title, @Author, @Year, @Category, @Pass)
                ON CONFLICT (book_id) DO UPDATE
                SET title = excluded.title, author = excluded.author, year = excluded.year, category = excluded.category, pass = excluded.pass
                """,
                books.Select(book => new { book.Id, book.Title, book.Author, book.Year, Category = (int)book.Category, after.Pass }),
                token);
            if (after.CompletePass > before.CompletePass)
            {
                await ExecuteAsync(connection, "DELETE FROM book WHERE pass < @Pass", new { after.Pass }, token);
            }

            return true;
        },
        cancellationToken);

    private static Task<int> ExecuteAsync(DbConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
}
