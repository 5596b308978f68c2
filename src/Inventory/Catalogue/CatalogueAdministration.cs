using System.Security.Cryptography;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using Dapper;
using Google.Protobuf;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>What a bookseller does to the catalogue book by book.</summary>
internal sealed class CatalogueAdministration(CatalogueWriter writer, BookStore books)
{
    /// <summary>Adds a book. The same key with the same book gives the same answer.</summary>
    /// <param name="request">The call, for its key and to tell whether it is the same.</param>
    /// <param name="book">The book, free of problems.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The book's number.</returns>
    /// <exception cref="AlreadyExistsException">The key was used for another book, or another book has the ISBN.</exception>
    public Task<int> AddAsync(AddBookRequest request, BookDraft book, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(request.ToByteArray()));
        return writer.WriteAsync(
            async (change, token) =>
            {
                var earlier = await change.Connection.QuerySingleOrDefaultAsync<(int BookId, string Hash)?>(new CommandDefinition(
                    "SELECT book_id, request_hash FROM book_addition WHERE idempotency_key = @IdempotencyKey",
                    new { request.IdempotencyKey },
                    cancellationToken: token));
                if (earlier is { } made)
                {
                    return made.Hash == hash ? made.BookId : throw new AlreadyExistsException("The key was used for another book");
                }

                await ThrowIfTakenAsync(change, book.Isbn, bookId: 0, token);
                var bookId = await change.AddAsync(
                    [new NewBook(book, request.InitialQuantity)], "initial stock", request.IdempotencyKey, token);
                await change.Connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO book_addition (idempotency_key, book_id, request_hash) VALUES (@IdempotencyKey, @bookId, @hash)",
                    new { request.IdempotencyKey, bookId, hash },
                    cancellationToken: token));
                return bookId;
            },
            cancellationToken);
    }

    /// <summary>Writes a book over.</summary>
    /// <param name="bookId">Its number.</param>
    /// <param name="book">The book as it is to be, free of problems.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The book as it is now.</returns>
    /// <exception cref="NotFoundException">There is no such book.</exception>
    /// <exception cref="AlreadyExistsException">Another book has the ISBN.</exception>
    public async Task<BookRow> UpdateAsync(int bookId, BookDraft book, CancellationToken cancellationToken)
    {
        var before = await FindAsync(bookId, cancellationToken);
        if (!before.Matches(book))
        {
            await writer.WriteAsync(
                async (change, token) =>
                {
                    await ThrowIfTakenAsync(change, book.Isbn, bookId, token);
                    await change.UpdateAsync(bookId, book, token);
                    return bookId;
                },
                cancellationToken);
        }

        return await FindAsync(bookId, cancellationToken);
    }

    private static async Task ThrowIfTakenAsync(CatalogueChange change, string isbn, int bookId, CancellationToken cancellationToken)
    {
        var other = await change.Connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "SELECT book_id FROM book WHERE isbn = @isbn AND isbn <> '' AND book_id <> @bookId", new { isbn, bookId }, cancellationToken: cancellationToken));
        if (other is { } taken)
        {
            throw new AlreadyExistsException($"Book {taken} has this ISBN");
        }
    }

    private async Task<BookRow> FindAsync(int bookId, CancellationToken cancellationToken) =>
        await books.FindAsync(bookId, cancellationToken) ?? throw new NotFoundException("Book not found");
}
