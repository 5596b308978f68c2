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

    /// <summary>How many times the rate of another: the median of the ratios of runs that were made one after the other, so that a machine that is faster at one
    /// time than at another does not count.</summary>
    public double RateBeside(Measured other) => Ratio(_rates, other._rates);

    /// <summary>How many times the processor time a request of another, likewise.</summary>
    public double MicrosecondsBeside(Measured other) => Ratio(_microseconds, other._microseconds);

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

    private static double Ratio(List<double> values, List<double> others) => Statistics.Median(values.Zip(others, (value, other) => value / other));
}
