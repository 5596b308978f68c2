using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Inventory.Import;

/// <summary>A layout of CSV files; see docs/import.md. Files are told apart by their header.</summary>
internal abstract class ImportLayout
{
    private readonly Dictionary<string, int> _columns;

    protected ImportLayout(IReadOnlyList<string> header)
    {
        Header = header;
        _columns = header.Index().DistinctBy(column => Name(column.Item)).ToDictionary(column => Name(column.Item), column => column.Index);
    }

    /// <summary>The columns of the file.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The columns of the file that are not looked at.</summary>
    public abstract IEnumerable<string> Ignored { get; }

    /// <summary>The layout that a header belongs to.</summary>
    /// <exception cref="ImportFileException">It belongs to none, or has a column twice.</exception>
    public static ImportLayout Of(IReadOnlyList<string> header)
    {
        var names = header.Select(Name).ToHashSet();
        if (header.Select(Name).CountBy(name => name).FirstOrDefault(column => column.Value > 1 && column.Key.Length > 0).Key is { } twice)
        {
            throw new ImportFileException($"The header has the column {twice} twice");
        }

        if (GoodbooksLayout.IsHeader(names))
        {
            return new GoodbooksLayout(header);
        }

        return StoreLayout.IsHeader(names)
            ? new StoreLayout(header)
            : throw new ImportFileException(
                $"The header has neither the columns of the store ({StoreLayout.Accepted}) nor those of goodbooks-10k");
    }

    /// <summary>Reads a row.</summary>
    /// <param name="line">The line that it begins on.</param>
    /// <param name="fields">Its fields, as many as the header has.</param>
    /// <exception cref="FormatException">A field cannot be read; the message names it.</exception>
    public abstract ImportRow Read(long line, IReadOnlyList<string> fields);

    /// <summary>Checks what was read against the rules for books.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? ProblemWith(ImportRow row, string currency)
    {
        var problems = row.ToDraft(currency).Problems(currency).Select(problem => $"{Column(problem)} {problem.Description}").ToList();
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    protected static string Name(string header) => header.Trim().ToLowerInvariant();

    /// <summary>A field without white space around it; empty when the file has no such column.</summary>
    protected string Field(IReadOnlyList<string> fields, string column) =>
        _columns.TryGetValue(column, out var index) ? fields[index].Trim() : "";

    /// <summary>A field in one line: runs of white space and line ends are one space.</summary>
    protected string Line(IReadOnlyList<string> fields, string column) =>
        string.Join(' ', Field(fields, column).Split([' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));

    private static string Column(FieldViolation problem) =>
        problem.Field.StartsWith("price", StringComparison.Ordinal) ? "price" : problem.Field;
}
