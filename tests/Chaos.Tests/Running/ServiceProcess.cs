namespace BooksForYou.Chaos.Tests.Running;

/// <summary>A program that is killed and started again, always on the same port.</summary>
/// <param name="name">Its name in reports.</param>
/// <param name="project">Its project under src/.</param>
/// <param name="serving">What its output says when it serves.</param>
/// <param name="settings">Its command line.</param>
internal sealed class ServiceProcess(string name, string project, string serving, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private readonly List<string> _outputs = [];
    private ProgramRun? _run;
    private Task _serves = Task.CompletedTask;

    public string Name => name;

    /// <summary>How often it has been killed.</summary>
    public int Kills { get; private set; }

    /// <summary>What all its lives have written.</summary>
    public string Output => string.Concat([.. _outputs, _run?.Output]);

    /// <summary>Starts it, and does not wait until it serves.</summary>
    public void Start()
    {
        _run = ProgramRun.Start("dotnet", [Repository.ProgramOf(project), .. settings]);
        _serves = _run.WaitForOutputAsync(serving);
    }

    /// <summary>Completes when it serves; fails when it ends before.</summary>
    public Task ServesAsync() => _serves;

    /// <summary>Kills it, whether it serves or is still starting.</summary>
    public async Task KillAsync()
    {
        Kills++;
        await _run!.KillAsync();

        // Killed while it was starting, it never came to serve.
        await _serves.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _outputs.Add(_run.Output);
        await _run.DisposeAsync();
        _run = null;
    }

    public ValueTask DisposeAsync() => _run?.DisposeAsync() ?? ValueTask.CompletedTask;
}
