using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>The log of the PostgreSQL server, with every statement in it for as long as this is open.</summary>
internal sealed class ServerLog : IAsyncDisposable
{
    // A server that is told to read its settings anew does so when it next has nothing to do.
    private static readonly TimeSpan TakesEffect = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _server;
    private readonly string _file;

    private ServerLog(NpgsqlDataSource server, string file)
    {
        _server = server;
        _file = file;
    }

    public static async Task<ServerLog> OpenAsync(string server, CancellationToken cancellation)
    {
        var source = NpgsqlDataSource.Create(server);
        var log = new ServerLog(source, Path.Combine(new NpgsqlConnectionStringBuilder(server).Host!, "log"));
        await log.ExecuteAsync($"ALTER SYSTEM SET log_line_prefix = '{LoggedStatement.LinePrefix}'", cancellation);
        await log.SetAsync("all", cancellation);
        return log;
    }

    /// <summary>Gives what the server logs while something is done.</summary>
    public async Task<List<LoggedStatement>> WatchAsync(Func<Task> actAsync, CancellationToken cancellation)
    {
        await using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(0, SeekOrigin.End);
        await actAsync();
        using var reader = new StreamReader(file);
        return LoggedStatement.Read("\n" + await reader.ReadToEndAsync(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await SetAsync("none", CancellationToken.None);
        await _server.DisposeAsync();
    }

    private async Task SetAsync(string statements, CancellationToken cancellation)
    {
        await ExecuteAsync($"ALTER SYSTEM SET log_statement = '{statements}'", cancellation);
        await ExecuteAsync("SELECT pg_reload_conf()", cancellation);
        await Task.Delay(TakesEffect, cancellation);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
