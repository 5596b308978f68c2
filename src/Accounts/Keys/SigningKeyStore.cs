using BooksForYou.ServiceKit.Storage;
using Dapper;

namespace BooksForYou.Accounts.Keys;

/// <summary>The signing keys of the store.</summary>
internal sealed class SigningKeyStore(Database database)
{
    /// <summary>All keys, the oldest first.</summary>
    public async Task<IReadOnlyList<SigningKeyRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SigningKeyRow>(new CommandDefinition(
            """
            SELECT number AS Number, key_id AS KeyId, private_key AS PrivateKey, created_at AS CreatedAt, signs_from AS SignsFrom
            FROM signing_key ORDER BY number
            """,
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Adds a key.</summary>
    /// <returns>Whether it was added; not when another process has added one of this number.</returns>
    public async Task<bool> AddAsync(SigningKeyRow key, CancellationToken cancellationToken) => await database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO signing_key (number, key_id, private_key, created_at, signs_from)
            VALUES (@Number, @KeyId, @PrivateKey, @CreatedAt, @SignsFrom)
            ON CONFLICT (number) DO NOTHING
            """,
            key,
            cancellationToken: token)),
        cancellationToken) > 0;

    /// <summary>Deletes the keys whose successors have signed since a time or longer.</summary>
    public Task<int> DeleteSucceededAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM signing_key WHERE number < (SELECT MAX(number) FROM signing_key WHERE signs_from <= @since)",
            new { since },
            cancellationToken: token)),
        cancellationToken);
}
