using System.Diagnostics;
using Npgsql;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// A PostgreSQL server for tests. <c>TEST_POSTGRES</c> names one to use, as a connection string of a user who may create databases;
/// without it, one is
/// made in a temporary folder from the PostgreSQL that is installed, and removed with everything in it when the tests end, however they
/// end.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // Waits on its input, which ends when the process that holds the other end does: even a killed test run leaves no server behind.
    // It listens on a socket in its own folder, so no port can be taken and no other user of the machine gets in.
    private const string Script =
        """
        set -eu
        bin=$1 fsync=$2 settings=$3
        dir=$(mktemp -d /tmp/booksforyou-postgres-XXXXXX)
        finish() {
            "$bin/pg_ctl" -D "$dir/data" -m immediate stop >&2 || true
            rm -rf "$dir"
        }
        trap finish EXIT
        trap 'exit 1' TERM HUP
        trap '' INT
        "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >&2
        "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
            -o "-k $dir -c listen_addresses= -c fsync=$fsync -c max_connections=300 -c deadlock_timeout=100ms $settings" start >&2 \
            || { cat "$dir/log" >&2; exit 1; }
        echo "$dir"
        read -r _ || true
        """;

    private static readonly string? BinFolder = FindBinFolder();
    private static readonly Lock SharedLock = new();
    private static Task<PostgresServer>? s_shared;

    private readonly Process? _process;

    private PostgresServer(string connectionString, Process? process = null)
    {
        ConnectionString = connectionString;
        _process = process;
    }

    /// <summary>Why there can be no server here, for a test to be skipped with; null when there can.</summary>
    public static string? SkipReason { get; } =
        FromEnvironment() is not null || BinFolder is not null ? null : "PostgreSQL is not installed, and TEST_POSTGRES names no server.";

    /// <summary>The connection string of a user who may create databases.</summary>
    public string ConnectionString { get; }

    /// <summary>The one server that all tests of the process share. It is never disposed of: it ends with the process.</summary>
    /// <returns>The running server.</returns>
    public static Task<PostgresServer> SharedAsync()
    {
        lock (SharedLock)
        {
            return s_shared ??= FromEnvironment() is { } existing ? Task.FromResult(new PostgresServer(existing)) : StartAsync();
        }
    }

    /// <summary>Starts a server of one's own, for a test that wants to stop it.</summary>
    /// <param name="fsync">Whether a commit waits for the disk, as it does in production. Off is faster.</param>
    /// <param name="settings">More settings, as the server's command line takes them, such as <c>-c max_connections=500</c>.</param>
    /// <returns>The running server. Disposing of it stops and removes it.</returns>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start.</exception>
    public static async Task<PostgresServer> StartAsync(bool fsync = true, string settings = "")
    {
        var bin = BinFolder ?? throw new InvalidOperationException(SkipReason);
        var start = new ProcessStartInfo
        {
            // The server refuses to run as root.
            FileName = Environment.UserName == "root" ? "setpriv" : "/bin/sh",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        };
        string[] asPostgres = Environment.UserName == "root" ? ["--reuid=postgres", "--regid=postgres", "--init-groups", "/bin/sh"] : [];
        foreach (var argument in (string[])[.. asPostgres, "-c", Script, "sh", bin, fsync ? "on" : "off", settings])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync();
        var folder = await process.StandardOutput.ReadLineAsync();
        return folder is not null
            ? new PostgresServer($"Host={folder};Username=postgres;Database=postgres", process)
            : throw new InvalidOperationException($"PostgreSQL does not start: {await log}");
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Removes a database, whoever is still connected to it.</summary>
    /// <param name="connectionString">What <see cref="CreateDatabaseAsync"/> gave.</param>
    /// <returns>Completes when it is gone.</returns>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Stops the server and removes its files. A server that <c>TEST_POSTGRES</c> names is left alone.</summary>
    /// <returns>Completes when it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static string? FromEnvironment() => Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } value ? value : null;

    private static string? FindBinFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        // Debian keeps every version in a folder of its own; the latest is taken.
        const string Debian = "/usr/lib/postgresql";
        var installed = (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .OrderByDescending(folder => Path.GetFileName(folder).PadLeft(4))
            .Select(folder => Path.Combine(folder, "bin"));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return onPath.Concat(installed).FirstOrDefault(folder =>
            File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
