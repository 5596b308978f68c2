using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>A service's own database: SQLite or PostgreSQL, behind the same few methods. Thread-safe; one instance a process.</summary>
/// <remarks>
/// Reads take a connection from <see cref="OpenConnectionAsync"/>; writes go through <c>TransactionAsync</c>, which repeats them when the
/// database asks for that. On SQLite a connection for reading refuses to write, and writers wait for each other without holding a thread.
/// </remarks>
public sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan RetryBudget = TimeSpan.FromSeconds(10);

    private readonly DbDataSource _source;
    private readonly SemaphoreSlim? _writers;
    private readonly TimeProvider _time;
    private readonly AsyncLocal<bool> _inTransaction = new();
    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static Database() => TypeHandlers.Register();

    /// <summary>Prepares to connect. Nothing is opened yet.</summary>
    /// <param name="address">Where the database is.</param>
    /// <param name="time">The clock that retries go by; the system's if null.</param>
    public Database(DatabaseAddress address, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        _time = time ?? TimeProvider.System;
        if (address.Dialect == DatabaseDialect.Sqlite)
        {
            _source = new SqliteDataSource(address.ConnectionString);
            _writers = new SemaphoreSlim(1);
        }
        else
        {
            _source = NpgsqlDataSource.Create(WithPreparedStatements(address.ConnectionString));
        }
    }

    /// <summary>Where the database is. Its text has no secrets.</summary>
    public DatabaseAddress Address { get; }

    /// <summary>The SQL that the database speaks.</summary>
    public DatabaseDialect Dialect => Address.Dialect;

    /// <summary>
    /// Completes when the schema is up to date and what AddDatabase was told to prepare is there. What works on the database in the
    /// background begins then, not with the process: before, there may be no table, and a server that is away may still be waited for.
    /// </summary>
    public Task Prepared => _prepared.Task;

    /// <summary>Opens a connection for reading, from the pool. Dispose of it soon.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The open connection.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public ValueTask<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) =>
        OpenAsync(forWriting: false, cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in a serializable transaction and commits it; rolls back if it throws. When the database answers
    /// that two
    /// transactions were in each other's way (serialization failure, deadlock, locked file), everything is rolled back and run again,
    /// for at most ten
    /// seconds.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">
    /// The statements, on the connection given. It may run several times: it must have no effect but on that connection. Commands need
    /// not name the
    /// transaction. A transaction inside a transaction is refused.
    /// </param>
    /// <param name="cancellationToken">Gives up; nothing is committed then.</param>
    /// <returns>What the work gave, after the commit.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached, or the conflict went on.</exception>
    /// <exception cref="DbException">The database refused a statement, or the connection broke.</exception>
    public Task<T> TransactionAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) =>
        TransactionAsync(IsolationLevel.Serializable, work, cancellationToken);

    /// <summary>
    /// Does as <see cref="TransactionAsync{T}(Func{DbConnection, CancellationToken, Task{T}}, CancellationToken)"/> for work that gives
    /// nothing.
    /// </summary>
    /// <param name="work">The statements, on the connection given. It may run several times.</param>
    /// <param name="cancellationToken">Gives up; nothing is committed then.</param>
    /// <returns>Completes after the commit.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached, or the conflict went on.</exception>
    /// <exception cref="DbException">The database refused a statement, or the connection broke.</exception>
    public Task TransactionAsync(Func<DbConnection, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TransactionAsync(
            async (connection, token) =>
            {
                await work(connection, token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>
    /// Does as <see cref="TransactionAsync{T}(Func{DbConnection, CancellationToken, Task{T}}, CancellationToken)"/> at another isolation
    /// level.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="isolation">What PostgreSQL shall guarantee. SQLite is serializable whatever is asked for.</param>
    /// <param name="work">The statements, on the connection given. It may run several times.</param>
    /// <param name="cancellationToken">Gives up; nothing is committed then.</param>
    /// <returns>What the work gave, after the commit.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached, or the conflict went on.</exception>
    /// <exception cref="DbException">The database refused a statement, or the connection broke.</exception>
    public async Task<T> TransactionAsync<T>(
        IsolationLevel isolation,
        Func<DbConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_inTransaction.Value)
        {
            throw new InvalidOperationException("A transaction of this database is open already: use its connection.");
        }

        return await RepeatAsync(() => AttemptAsync(work, isolation, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Runs <paramref name="work"/>, whose only write is a single statement, and commits it: on PostgreSQL in one round trip, without BEGIN
    /// and COMMIT around it and at the server's default isolation level (READ COMMITTED, unless somebody changed it), so that locks are held as
    /// short as can be. Several statements in one command take effect together there as well. On SQLite it is a transaction like any other.
    /// Conflicts are repeated as in <c>TransactionAsync</c>.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The statement, on the connection given. It may run several times. On SQLite it may be several statements.</param>
    /// <param name="cancellationToken">
    /// Gives up. Cancelled while the statement runs, it may or may not be committed: it must be safe to repeat.
    /// </param>
    /// <returns>What the work gave, after the commit.</returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached, or the conflict went on.</exception>
    /// <exception cref="DbException">The database refused the statement, or the connection broke.</exception>
    public async Task<T> StatementAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_writers is not null)
        {
            return await TransactionAsync(work, cancellationToken);
        }

        return await RepeatAsync(
            async () =>
            {
                await using var connection = await OpenAsync(forWriting: true, cancellationToken);
                return await work(connection, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Closes the pooled connections.</summary>
    /// <returns>Completes when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writers?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();

    internal void MarkPrepared() => _prepared.TrySetResult();

    private static bool IsConflict(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY } => true,
        _ => false,
    };

    private static bool IsUnreachable(Exception exception) =>
        exception is (DbException or SocketException or IOException or UnauthorizedAccessException or TimeoutException)
        && !IsConflict(exception);

    // Doubles from 2 to 128 ms, half of it at random so that two that collided do not collide again.
    private static TimeSpan RetryDelay(int attempt)
    {
        var ceiling = 2 << Math.Min(attempt, 6);
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    // A statement that comes often is planned once a connection. "Max Auto Prepare=0" in the connection string turns it off, for a pooler
    // in between that does not know prepared statements.
    private static string WithPreparedStatements(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return given.ContainsKey("Max Auto Prepare")
            ? connectionString
            : new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 }.ConnectionString;
    }

    private async Task<T> RepeatAsync<T>(Func<Task<T>> attemptAsync, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await attemptAsync();
            }
            catch (DbException exception) when (IsConflict(exception))
            {
                if (_time.GetElapsedTime(started) > RetryBudget)
                {
                    throw new DatabaseUnavailableException(Address, exception);
                }

                await Task.Delay(RetryDelay(attempt), _time, cancellationToken);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work,
        IsolationLevel isolation,
        CancellationToken cancellationToken)
    {
        if (_writers is not null)
        {
            await _writers.WaitAsync(cancellationToken);
        }

        _inTransaction.Value = true;
        try
        {
            await using var connection = await OpenAsync(forWriting: true, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
            var result = await work(connection, cancellationToken);

            // A commit that is cancelled half-way may or may not have happened.
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            _writers?.Release();
        }
    }

    private async ValueTask<DbConnection> OpenAsync(bool forWriting, CancellationToken cancellationToken)
    {
        try
        {
            return forWriting && _source is SqliteDataSource sqlite
                ? sqlite.OpenWriter()
                : await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (IsUnreachable(exception))
        {
            throw new DatabaseUnavailableException(Address, exception);
        }
    }
}
