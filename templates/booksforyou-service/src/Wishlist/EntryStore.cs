using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Wishlist;

/// <summary>The table entry: which books are on whose list.</summary>
internal sealed class EntryStore([FromKeyedServices("Wishlist")] Database database, IOptions<WishlistOptions> options, TimeProvider time)
{
    /// <summary>Puts a book on a list; there already, nothing changes.</summary>
    /// <exception cref="FailedPreconditionException">The list is full.</exception>
    public Task AddAsync(string ownerId, int bookId, CancellationToken cancellationToken) => database.TransactionAsync(
        async (connection, token) =>
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO entry (owner_id, book_id, added_at) VALUES (@ownerId, @bookId, @now)
                ON CONFLICT (owner_id, book_id) DO NOTHING
                """,
                new { ownerId, bookId, now = time.GetUtcNow() },
                cancellationToken: token));
            var books = await connection.QuerySingleAsync<long>(new CommandDefinition(
                "SELECT count(*) FROM entry WHERE owner_id = @ownerId", new { ownerId }, cancellationToken: token));
            if (books > options.Value.MostBooks)
            {
                throw new FailedPreconditionException($"The list holds {options.Value.MostBooks} books at most.");
            }
        },
        cancellationToken);

    /// <summary>Takes a book off a list; gone already, nothing changes.</summary>
    public Task RemoveAsync(string ownerId, int bookId, CancellationToken cancellationToken) => database.TransactionAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM entry WHERE owner_id = @ownerId AND book_id = @bookId", new { ownerId, bookId }, cancellationToken: token)),
        cancellationToken);

    /// <summary>The books on a list, the last one added first.</summary>
    public async Task<IReadOnlyList<int>> ListAsync(string ownerId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var books = await connection.QueryAsync<int>(new CommandDefinition(
            "SELECT book_id FROM entry WHERE owner_id = @ownerId ORDER BY added_at DESC, book_id DESC", new { ownerId }, cancellationToken: cancellationToken));
        return books.AsList();
    }
}
