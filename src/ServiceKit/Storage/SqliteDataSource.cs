using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// Opens a SQLite file with the settings that a service needs: nothing committed is lost, readers and the writer do not wait for each
/// other.
/// </summary>
internal sealed class SqliteDataSource : DbDataSource
{
    private readonly string _file;
    private readonly string _readerSettings;
    private readonly string _writerSettings;
    private volatile bool _fileIsReady;

    static SqliteDataSource() => SQLitePCL.Batteries_V2.Init();

    public SqliteDataSource(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        var waitSeconds = builder.ShouldSerialize("Default Timeout") ? builder.DefaultTimeout : 5;

        // SQLite itself waits for another process's lock, in steps of milliseconds. The driver's own loop, in steps of 150 ms, is left
        // one second.
        builder.DefaultTimeout = 1;
        _file = builder.DataSource;
        ConnectionString = builder.ConnectionString;

        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA busy_timeout={waitSeconds * 1000}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
        _readerSettings = settings + " PRAGMA query_only=ON;";
        _writerSettings = settings + " PRAGMA query_only=OFF;";
    }

    public override string ConnectionString { get; }

    /// <summary>Opens a connection that may write. Others are refused it, so that no write bypasses the queue of writers.</summary>
    public SqliteConnection OpenWriter() => Open(_writerSettings);

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection() => Open(_readerSettings);

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Open(_readerSettings));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    private SqliteConnection Open(string settings)
    {
        if (!_fileIsReady)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        }

        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            if (!_fileIsReady)
            {
                command.CommandText = "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL;";
                command.ExecuteNonQuery();
                _fileIsReady = true;
            }

            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
