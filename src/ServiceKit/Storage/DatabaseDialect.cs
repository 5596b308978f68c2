namespace BooksForYou.ServiceKit.Storage;

/// <summary>The SQL that a database speaks, for the few places where the two differ.</summary>
public enum DatabaseDialect
{
    /// <summary>SQLite, in a file of the process: the default that needs no server.</summary>
    Sqlite,

    /// <summary>PostgreSQL, 13 or later.</summary>
    PostgreSql,
}
