using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace BooksForYou.SideBySide;

/// <summary>A program under measurement, on ports of its own.</summary>
internal sealed class MeasuredProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private bool _isDisposed;

    private MeasuredProgram(Process process, int grpcPort, int httpPort)
    {
        _process = process;
        GrpcPort = grpcPort;
        HttpPort = httpPort;

        // Also when the measurement breaks off half-way.
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public int GrpcPort { get; }

    public int HttpPort { get; }

    /// <summary>The most memory that the process has had resident so far, in MiB.</summary>
    public double PeakMemory
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>The time that the process has had on all processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program with arguments that may name its two ports.</summary>
    public static MeasuredProgram Start(
        string program, Func<int, int, IEnumerable<string>> arguments, params (string Name, string Value)[] environment)
    {
        var (grpcPort, httpPort) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet", [program, .. arguments(grpcPort, httpPort)])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        return new MeasuredProgram(process, grpcPort, httpPort);
    }

    /// <summary>The built program of a project.</summary>
    public static string PathOf(string folder, string project) =>
        Path.Combine(Root(), folder, project, "bin", "Release", "net10.0", $"BooksForYou.{project}.dll");

    /// <summary>Waits until a service says on its second port that it is ready.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{HttpPort}/healthz/ready"), cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (limit.Elapsed < Patience && !_process.HasExited)
            {
                // It does not listen yet.
            }

            if (limit.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[0]} is not ready after {Patience.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Kill(object? sender, EventArgs arguments)
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
