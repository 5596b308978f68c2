using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Accounts;

/// <summary>A condition that a column has one of several values, which PostgreSQL takes as an array and SQLite one by one.</summary>
internal static class AnyOf
{
    public static string Sql(Database database, string parameter) => database.Dialect == DatabaseDialect.PostgreSql ? $"= ANY(@{parameter})" : $"IN @{parameter}";
}
