using System.Data.Common;
using System.Reflection;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Shutdown;
using Dapper;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Storage;

/// <summary>
/// Brings a service's schema up to date while the process starts. A server that cannot be reached does not end the process: it keeps
/// trying, without
/// being ready, so that services and databases may be started in any order.
/// </summary>
internal sealed partial class DatabaseStartup(
    string setting,
    Database database,
    Assembly schema,
    Func<CancellationToken, Task> prepare,
    ShutdownState shutdown,
    TimeProvider time,
    ILogger<DatabaseStartup> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private Task _attempts = Task.CompletedTask;

    /// <summary>Makes the first attempt; further ones, if they are worth it, follow in the background.</summary>
    /// <exception cref="StartException">A person has to look: trying again would not help.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
        }
        catch (Exception exception) when (MayPass(exception))
        {
            _attempts = TryAgainAsync(exception);
        }
        catch (Exception exception) when (exception is DbException or SchemaException)
        {
            throw new StartException($"{setting}: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the schema is up to date, and the database answers now.</summary>
    public async ValueTask<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (!database.Prepared.IsCompleted)
        {
            return false;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT 1", cancellationToken: cancellationToken)) == 1;
    }

    public async ValueTask DisposeAsync() => await _attempts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // A SQLite file that cannot be opened stays so until somebody looks after it.
    private bool MayPass(Exception exception) =>
        exception is DbException { IsTransient: true } && database.Dialect != DatabaseDialect.Sqlite;

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var applied = await new SchemaMigrator(database, schema).MigrateAsync(cancellationToken);
        foreach (var migration in applied)
        {
            LogApplied(migration.ToString(), database);
        }

        await prepare(cancellationToken);
        database.MarkPrepared();
    }

    private async Task TryAgainAsync(Exception failure)
    {
        for (var pause = FirstPause; !database.Prepared.IsCompleted; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            // Up to a quarter more, so that replicas do not all come back in the same moment.
            var wait = pause * (1 + (Random.Shared.NextDouble() / 4));
            LogNotPrepared(setting, wait.TotalSeconds, failure.Message);
            await Task.Delay(wait, time, shutdown.Stopping);
            try
            {
                await PrepareAsync(shutdown.Stopping);
                LogPrepared(database);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception;
            }
        }
    }

    [LoggerMessage(EventName = "MigrationApplied", Level = LogLevel.Information, Message = "Applied migration {Migration} to {Database}")]
    private partial void LogApplied(string migration, Database database);

    [LoggerMessage(EventName = "DatabaseNotPrepared", Level = LogLevel.Warning,
        Message = "{Setting}: trying again in {Seconds:0.0} s: {Reason}")]
    private partial void LogNotPrepared(string setting, double seconds, string reason);

    [LoggerMessage(EventName = "DatabasePrepared", Level = LogLevel.Information, Message = "{Database} is there now")]
    private partial void LogPrepared(Database database);
}
