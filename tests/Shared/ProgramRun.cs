using System.Diagnostics;
using System.Text;

namespace BooksForYou.Tests;

/// <summary>A started program, its output, and its end.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    private ProgramRun(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output and standard error so far, in the order in which the lines came.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static ProgramRun Start(string fileName, IEnumerable<string> arguments, string? directory = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = directory ?? Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var run = new ProgramRun(new Process { StartInfo = start });
        run._process.OutputDataReceived += run.Take;
        run._process.ErrorDataReceived += run.Take;
        run._process.Start();
        run._process.StandardInput.Close();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Waits until the output holds a text. Fails when the program ends before, or after five minutes, since what is awaited may be built first.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        using var ended = new CancellationTokenSource();
        var exit = _process.WaitForExitAsync(ended.Token);
        var limit = Task.Delay(TimeSpan.FromMinutes(5), ended.Token);
        var first = await Task.WhenAny(seen.Task, exit, limit);
        await ended.CancelAsync();
        if (first != seen.Task && !Output.Contains(text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{text}' did not come from {_process.StartInfo.FileName}. Its output:\n{Output}");
        }
    }

    /// <summary>Waits for the end of the program, for five minutes at most unless told otherwise, and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? limit = null)
    {
        using var gaveUp = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(5));
        await _process.WaitForExitAsync(gaveUp.Token);
        return _process.ExitCode;
    }

    /// <summary>Kills the program as `kill -9` does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line.Data);
            foreach (var (text, seen) in _awaited)
            {
                if (line.Data.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
