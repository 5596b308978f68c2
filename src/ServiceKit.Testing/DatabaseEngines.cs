using System.Collections;
using BooksForYou.ServiceKit.Storage;
using Xunit;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// Class data that runs a store's test on each engine. Without a PostgreSQL to test on, that run is skipped and says why.
/// </summary>
public sealed class DatabaseEngines : IEnumerable<TheoryDataRow<DatabaseDialect>>
{
    /// <inheritdoc/>
    public IEnumerator<TheoryDataRow<DatabaseDialect>> GetEnumerator()
    {
        yield return new TheoryDataRow<DatabaseDialect>(DatabaseDialect.Sqlite);
        yield return new TheoryDataRow<DatabaseDialect>(DatabaseDialect.PostgreSql) { Skip = PostgresServer.SkipReason };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
