using System.Globalization;
using System.Text;
using CsvHelper;

namespace BooksForYou.Inventory.Import;

/// <summary>
/// The file of rows that could not be imported: line and reason, and then the row as it was, so that it can be mended and imported.
/// </summary>
internal sealed class RejectedFile(string path, TextWriter error) : IAsyncDisposable
{
    private CsvWriter? _writer;
    private bool _isBroken;

    /// <summary>Where it is: books.rejected.csv for books.csv.</summary>
    public static string PathFor(string file) => System.IO.Path.ChangeExtension(file, null) + ".rejected.csv";

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>Removes the file of an earlier import.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _isBroken = true;
        }
    }

    /// <summary>Adds a row. What cannot be written to the file goes to standard error.</summary>
    public async Task AddAsync(IReadOnlyList<string> header, ReadRow row)
    {
        try
        {
            if (!_isBroken)
            {
                _writer ??= await OpenAsync(header);
                await WriteAsync([row.Line.ToString(CultureInfo.InvariantCulture), row.Problem!, .. row.Fields]);
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _isBroken = true;
        }

        await error.WriteLineAsync($"line {row.Line}: {row.Problem}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private async Task<CsvWriter> OpenAsync(IReadOnlyList<string> header)
    {
        _writer = new CsvWriter(new StreamWriter(path, append: false, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        await WriteAsync(["line", "reason", .. header]);
        return _writer;
    }

    private async Task WriteAsync(IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            _writer!.WriteField(field);
        }

        await _writer!.NextRecordAsync();
    }
}
