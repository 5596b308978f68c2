using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace BooksForYou.Inventory.Import;

/// <summary>Tells the person at the terminal how the import goes: with a bar on a terminal, with a line now and then elsewhere.</summary>
internal sealed class ImportReport(TextWriter output)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _lastLine;

    /// <summary>What has become of the rows so far.</summary>
    public ImportCount Last { get; private set; } = new(0, 0, 0, 0);

    private int RowsPerSecond => (int)(Last.Rows / Math.Max(_elapsed.Elapsed.TotalSeconds, 0.001));

    /// <summary>Names the columns that are not looked at, since one of them may be a column spelt wrong.</summary>
    public async Task TellIgnoredAsync(ImportLayout layout)
    {
        var ignored = string.Join(", ", layout.Ignored);
        if (ignored.Length > 0)
        {
            await output.WriteLineAsync($"Columns that are not looked at: {ignored}");
        }
    }

    /// <summary>Runs an import and shows how it goes.</summary>
    public async Task<ImportCount> ShowAsync(CsvFile file, Func<IProgress<ImportCount>, Task<ImportCount>> importAsync)
    {
        if (Console.IsOutputRedirected)
        {
            return Last = await importAsync(new Reporter(count => WriteLine(count, file.Progress)));
        }

        var bar = AnsiConsole.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return Last = await bar.StartAsync(context =>
        {
            var task = context.AddTask("reading");
            return importAsync(new Reporter(count =>
            {
                Last = count;
                task.Value = 100 * file.Progress;
                task.Description = Line($"{count.Rows:N0} rows, {RowsPerSecond:N0} rows/s");
            }));
        });
    }

    /// <summary>Says what has become of the file.</summary>
    public async Task SumUpAsync(ImportCount count, string rejectedPath)
    {
        await output.WriteLineAsync(Line(
            $"{count.Rows:N0} rows in {_elapsed.Elapsed.TotalSeconds:0.0} s ({RowsPerSecond:N0} rows/s): {count.Added:N0} books added, {count.Updated:N0} changed, {count.Unchanged:N0} as they were, {count.Rejected:N0} rows rejected"));
        if (count.Rejected > 0)
        {
            await output.WriteLineAsync($"The rejected rows are in {rejectedPath}");
        }
    }

    private void WriteLine(ImportCount count, double progress)
    {
        Last = count;
        if (_elapsed.Elapsed - _lastLine >= BetweenLines)
        {
            _lastLine = _elapsed.Elapsed;
            output.WriteLine(Line($"{count.Rows:N0} rows, {100 * progress:0} %, {RowsPerSecond:N0} rows/s"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Reporter(Action<ImportCount> report) : IProgress<ImportCount>
    {
        public void Report(ImportCount value) => report(value);
    }
}
