using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The tables books and seeds.</summary>
internal sealed class CatalogueStore([FromKeyedServices("Recommendations")] Database database)
{
    /// <summary>Reads every book.</summary>
    public async Task<IReadOnlyList<Book>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var books = await connection.QueryAsync<Book>(new CommandDefinition(
            "SELECT id, title, author, year, isbn, category, description FROM books",
            cancellationToken: cancellationToken));
        return books.AsList();
    }

    /// <summary>
    /// Puts books into the catalogue, unless that has been done under the same name before: whatever a bookseller changed since stays.
    /// </summary>
    /// <returns>Whether the books were put in.</returns>
    public Task<bool> SeedAsync(string name, IReadOnlyList<Book> books, CancellationToken cancellationToken) => database.TransactionAsync(
        async (connection, token) =>
        {
            // Of several processes that start at once, the others wait here until the first has committed.
            if (!await ClaimSeedAsync(connection, name, token))
            {
                return false;
            }

            await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO books (id, title, author, year, isbn, category, description)
                VALUES (@Id, @Title, @Author, @Year, @Isbn, @Category, @Description)
                """,
                books,
                cancellationToken: token));
            return true;
        },
        cancellationToken);

    private static async Task<bool> ClaimSeedAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        var claimed = await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO seeds (name, planted_at) VALUES (@name, @now) ON CONFLICT (name) DO NOTHING",
            new { name, now = DateTimeOffset.UtcNow },
            cancellationToken: cancellationToken));
        return claimed == 1;
    }
}
