using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using BooksForYou.ServiceKit.SampleHost;
using Grpc.Net.Client;

namespace BooksForYou.ServiceKit.Tests.Hosting;

/// <summary>The sample as a real process, with its log and its exit code.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private SampleProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public int GrpcPort { get; private set; }

    public int WebPort { get; private set; }

    /// <summary>When the exit was noticed.</summary>
    public DateTime ExitTime => _process.ExitTime;

    /// <summary>Starts it with exactly these arguments.</summary>
    public static SampleProcess Start(IEnumerable<string> args, string? directory = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "BooksForYou.ServiceKit.SampleHost"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new SampleProcess(Process.Start(start)!);
    }

    /// <summary>Starts it on free ports, and waits until it serves.</summary>
    public static async Task<SampleProcess> ServeAsync(params string[] args)
    {
        var process = Start(["--grpc-port", "0", "--http-port", "0", "--metrics-port", "0", .. args]);
        var serving = await process.WaitForAsync("Serving");
        process.GrpcPort = int.Parse(serving.GetProperty(nameof(GrpcPort)).GetString()!);
        process.WebPort = int.Parse(serving.GetProperty(nameof(WebPort)).GetString()!);
        return process;
    }

    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress($"http://localhost:{GrpcPort}");

    public SampleService.SampleServiceClient OpenClient() => new(OpenChannel());

    /// <summary>Waits for the next line of the log with this event name.</summary>
    /// <returns>The line's values.</returns>
    public async Task<JsonElement> WaitForAsync(string eventName)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var line in _output.Reader.ReadAllAsync(limit.Token))
        {
            if (line.StartsWith('{'))
            {
                var entry = JsonDocument.Parse(line).RootElement;
                if (entry.TryGetProperty("event", out var name) && name.GetString() == eventName)
                {
                    return entry.GetProperty("state");
                }
            }
        }

        throw new InvalidOperationException($"The process ended without {eventName}: {await _errors}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        var output = new List<string>();
        while (_output.Reader.TryRead(out var line))
        {
            output.Add(line);
        }

        return (_process.ExitCode, string.Join('\n', output), await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Writer.TryWrite(line);
        }

        _output.Writer.Complete();
    }
}
