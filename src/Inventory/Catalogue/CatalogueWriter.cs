using System.Data;
using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>Writes to the catalogue, one after the other over all processes: whoever writes holds the one row of the table catalogue until
/// it has committed. So changes are numbered in the order in which they become visible, and the feed skips none.</summary>
internal sealed class CatalogueWriter([FromKeyedServices("Inventory")] Database database, CatalogueSignal signal, TimeProvider time)
{
    /// <summary>Runs <paramref name="work"/> as one change of the catalogue, and commits it.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">What to write. It may run several times: it must have no other effect.</param>
    /// <param name="cancellationToken">Gives up; nothing is committed then.</param>
    /// <returns>What the work gave.</returns>
    public async Task<T> WriteAsync<T>(Func<CatalogueChange, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var result = await database.TransactionAsync(
            IsolationLevel.ReadCommitted,
            async (connection, token) => await work(await BeginAsync(connection, token), token),
            cancellationToken);
        signal.Set();
        return result;
    }

    /// <summary>Tells the engine how the data looks by now, after a lot of it was written.</summary>
    public Task AnalyzeAsync(CancellationToken cancellationToken) => database.StatementAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition("ANALYZE book; ANALYZE stock; ANALYZE search_word; ANALYZE search_form", commandTimeout: 0, cancellationToken: token)),
        cancellationToken);

    private async Task<CatalogueChange> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var change = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "UPDATE catalogue SET last_change = last_change + 1 RETURNING last_change", commandTimeout: 0, cancellationToken: cancellationToken));
        return new CatalogueChange(connection, change, time.GetUtcNow());
    }
}
