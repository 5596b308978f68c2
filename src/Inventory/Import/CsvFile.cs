using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace BooksForYou.Inventory.Import;

/// <summary>Reads a CSV file (RFC 4180) in UTF-8 row by row, whatever is in it.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int LongestField = 1_000_000;

    // One character that UTF-8 is decoded to where it is not UTF-8.
    private const char NotUtf8 = '\uFFFD';

    private readonly FileStream _stream;
    private readonly StreamReader _reader;
    private readonly CsvParser _parser;
    private bool _hasEnded;

    private CsvFile(FileStream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream, new UTF8Encoding(), detectEncodingFromByteOrderMarks: true);
        _parser = new CsvParser(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            MaxFieldSize = LongestField,
            IgnoreBlankLines = true,
        });
    }

    /// <summary>How much of the file has been read, from 0 to 1.</summary>
    public double Progress => _stream.Length == 0 ? 1 : (double)_stream.Position / _stream.Length;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportFileException">It cannot be read.</exception>
    public static CsvFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ImportFileException($"{path} is a directory");
        }

        try
        {
            return new CsvFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportFileException($"There is no file {path}", exception);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImportFileException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImportFileException">There is none.</exception>
    public ImportLayout ReadHeader() => Next() is { } header
        ? ImportLayout.Of(header.Fields)
        : throw new ImportFileException("The file is empty");

    /// <summary>Reads the rows.</summary>
    public IEnumerable<ReadRow> Read(ImportLayout layout, string currency)
    {
        while (Next() is { } next)
        {
            yield return Read(layout, currency, next.Line, next.Fields, next.Problem);
        }
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    private static ReadRow Read(ImportLayout layout, string currency, long line, string[] fields, string? problem)
    {
        try
        {
            problem ??= fields.Length == layout.Header.Count ? null : $"the row has {fields.Length} fields, the header {layout.Header.Count}";
            problem ??= fields.Any(field => field.Contains(NotUtf8, StringComparison.Ordinal)) ? "the row is not in UTF-8" : null;
            var row = problem is null ? layout.Read(line, fields) : null;
            problem ??= ImportLayout.ProblemWith(row!, currency);
            return new ReadRow(line, fields, row, problem);
        }
        catch (FormatException exception)
        {
            return new ReadRow(line, fields, null, exception.Message);
        }
    }

    private (long Line, string[] Fields, string? Problem)? Next()
    {
        var line = _parser.RawRow + 1L;
        try
        {
            return !_hasEnded && _parser.Read() ? (line, _parser.Record ?? [], null) : null;
        }
        catch (MaxFieldSizeException)
        {
            // Where the field should have ended, and so where the next row begins, nobody can tell.
            _hasEnded = true;
            return (
                line,
                [],
                $"a field has more than {LongestField} characters, most likely for want of a closing quote; nothing after it was read");
        }
    }
}
