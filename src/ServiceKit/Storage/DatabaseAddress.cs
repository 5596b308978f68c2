using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>Where a database is and how to sign in to it: a connection string that has been read and found good.</summary>
/// <remarks>
/// Neither <see cref="ToString"/> nor any error of this type contains the password, nor any other part of the value that could be one.
/// </remarks>
public sealed class DatabaseAddress
{
    /// <summary>What <see cref="Parse"/> accepts, as a sentence for people.</summary>
    public const string Accepted =
        "a SQLite file (data/books.db, sqlite:data/books.db or Data Source=data/books.db) "
        + "or a PostgreSQL database (postgres://user:password@host:5432/database or Host=…;Database=…;Username=…;Password=…)";

    private readonly string _display;

    private DatabaseAddress(DatabaseDialect dialect, string connectionString, string display)
    {
        Dialect = dialect;
        ConnectionString = connectionString;
        _display = display;
    }

    /// <summary>The SQL that the database speaks.</summary>
    public DatabaseDialect Dialect { get; }

    /// <summary>The connection string for the ADO.NET driver of the dialect. It holds the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>Reads a connection string in any of the <see cref="Accepted"/> forms.</summary>
    /// <param name="value">The connection string. URLs are read as libpq reads them (PostgreSQL documentation, section 34.1.1.2).</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The value is none of the forms. The message does not repeat it.</exception>
    public static DatabaseAddress Parse(string? value)
    {
        value = value?.Trim() ?? "";
        if (value.Length == 0)
        {
            throw Invalid("it is empty");
        }

        if (PostgresUrl.IsUrl(value))
        {
            return Postgres(PostgresUrl.Parse(value));
        }

        if (value.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            return SqliteFile(SqliteUrlPath(value["sqlite:".Length..]));
        }

        if (value.Contains("://", StringComparison.Ordinal))
        {
            throw Invalid("it is a URL of something else");
        }

        return value.Contains('=', StringComparison.Ordinal) ? KeyValues(value) : SqliteFile(value);
    }

    /// <summary>Whether <see cref="Parse"/> accepts a value.</summary>
    /// <param name="value">The connection string.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsValid(string? value)
    {
        try
        {
            Parse(value);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Where the database is, for logs: without user and password.</summary>
    /// <returns>For example <c>PostgreSQL db.example:5432/books</c>.</returns>
    public override string ToString() => _display;

    internal static FormatException Invalid(string reason) => new($"not a database connection string: {reason}; accepted is {Accepted}");

    private static DatabaseAddress KeyValues(string value)
    {
        DbConnectionStringBuilder pairs;
        try
        {
            pairs = new DbConnectionStringBuilder { ConnectionString = value };
        }
        catch (ArgumentException)
        {
            throw Invalid("it is not of the form Key=value;Key=value");
        }

        try
        {
            if (pairs.ContainsKey("Host") || pairs.ContainsKey("Server"))
            {
                return Postgres(new NpgsqlConnectionStringBuilder(value));
            }

            if (pairs.ContainsKey("Data Source") || pairs.ContainsKey("DataSource") || pairs.ContainsKey("Filename"))
            {
                return Sqlite(new SqliteConnectionStringBuilder(value));
            }
        }
        // The drivers' messages name the keyword they stumbled over, which may be the tail of a password with a semicolon in it.
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw Invalid("it has a keyword or a value that the driver does not know");
        }

        throw Invalid("it has neither Host nor Data Source");
    }

    private static DatabaseAddress Postgres(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Host))
        {
            throw Invalid("it names no host");
        }

        var hosts = builder.Host.Contains(',', StringComparison.Ordinal) ? builder.Host : $"{builder.Host}:{builder.Port}";
        var display = $"PostgreSQL {hosts}/{builder.Database ?? builder.Username}";
        return new DatabaseAddress(DatabaseDialect.PostgreSql, builder.ConnectionString, display);
    }

    private static DatabaseAddress SqliteFile(string path) => Sqlite(new SqliteConnectionStringBuilder { DataSource = path });

    private static DatabaseAddress Sqlite(SqliteConnectionStringBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.DataSource))
        {
            throw Invalid("it names no file");
        }

        if (builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw Invalid("a database in memory would be a different one for every connection");
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource);
        return new DatabaseAddress(DatabaseDialect.Sqlite, builder.ConnectionString, $"SQLite {builder.DataSource}");
    }

    private static string SqliteUrlPath(string path)
    {
        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return path;
        }

        return path.StartsWith("///", StringComparison.Ordinal)
            ? path[2..]
            : throw Invalid("a SQLite URL has no host: write sqlite:///path");
    }
}
