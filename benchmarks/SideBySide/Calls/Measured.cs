namespace BooksForYou.SideBySide.Calls;

/// <summary>What the runs against one program gave: requests a second, and the processor time that a request took.</summary>
internal sealed class Measured(MeasuredProgram program)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _microseconds = [];

    /// <summary>The median of requests a second.</summary>
    public double Rate => Statistics.Median(_rates);

    /// <summary>The median of the server's processor time a request, in microseconds. Other programs on the machine hardly move it.</summary>
    public double Microseconds => Statistics.Median(_microseconds);

    public double LastRate => _rates[^1];

    /// <summary>Makes one run.</summary>
    /// <param name="duration">How long it takes.</param>
    /// <param name="load">Loads the program and gives requests a second.</param>
    public async Task TakeAsync(TimeSpan duration, Func<MeasuredProgram, Task<double>> load)
    {
        var before = program.ProcessorTime;
        var rate = await load(program);
        _rates.Add(rate);
        _microseconds.Add((program.ProcessorTime - before).TotalMicroseconds / (rate * duration.TotalSeconds));
    }

    public void Clear()
    {
        _rates.Clear();
        _microseconds.Clear();
    }
}
