using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Import;

/// <summary>Puts the rows of a file into the catalogue, many with one transaction. Stopped half-way and started again, it goes on: what is
/// there already stays as it is.</summary>
internal sealed class BookImport(CatalogueWriter writer, ImportStore store, ShopCurrency currency)
{
    private const int RowsAtOnce = 1000;
    private const int WorthAnalyzing = 1000;

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file, read up to its header.</param>
    /// <param name="layout">The layout that its header says.</param>
    /// <param name="rejected">Where rows go that cannot be imported.</param>
    /// <param name="progress">Told what has become of the rows, after every transaction.</param>
    /// <param name="cancellationToken">Stops the import between two transactions.</param>
    /// <returns>What has become of the rows.</returns>
    public async Task<ImportCount> RunAsync(
        CsvFile file, ImportLayout layout, RejectedFile rejected, IProgress<ImportCount> progress, CancellationToken cancellationToken)
    {
        var count = new ImportCount(0, 0, 0, 0);
        var firstLines = new Dictionary<string, long>();
        foreach (var chunk in file.Read(layout, currency.Code).Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = new List<ImportRow>();
            foreach (var read in chunk.Select(read => RejectRepeated(read, firstLines)))
            {
                if (read.Problem is null)
                {
                    rows.Add(read.Row!);
                }
                else
                {
                    await rejected.AddAsync(layout.Header, read);
                    count = count with { Rejected = count.Rejected + 1 };
                }
            }

            var (added, updated) = await WriteAsync(rows, cancellationToken);
            count = count with { Added = count.Added + added, Updated = count.Updated + updated, Unchanged = count.Unchanged + rows.Count - added - updated };
            progress.Report(count);
        }

        if (count.Added >= WorthAnalyzing)
        {
            await writer.AnalyzeAsync(cancellationToken);
        }

        return count;
    }

    // Two rows for one book would undo each other at every import.
    private static ReadRow RejectRepeated(ReadRow read, Dictionary<string, long> firstLines)
    {
        if (read is not { Problem: null, Row: { } row })
        {
            return read;
        }

        if (row.SameAs.FirstOrDefault(firstLines.ContainsKey) is { } same)
        {
            return read with { Problem = $"the same book as in line {firstLines[same]}" };
        }

        foreach (var identity in row.Identities)
        {
            firstLines.TryAdd(identity, row.Line);
        }

        return read;
    }

    private async Task<(int Added, int Updated)> WriteAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        // First without the lock on the catalogue: most rows of a file that comes again need no change.
        var changed = await store.SortAsync(rows, cancellationToken);
        return changed.New.Count + changed.Different.Count == 0 ? (0, 0) : await writer.WriteAsync(
            async (change, token) =>
            {
                var sorted = await store.SortAsync(change.Connection, rows, token);
                if (sorted.New.Count > 0)
                {
                    var books = sorted.New.Select(row => new NewBook(row.ToDraft(currency.Code), row.Stock ?? CatalogueSeed.DefaultStock));
                    await change.AddAsync([.. books], "imported", "import", token);
                }

                foreach (var (bookId, book) in sorted.Different)
                {
                    await change.UpdateAsync(bookId, book, token);
                }

                return (sorted.New.Count, sorted.Different.Count);
            },
            cancellationToken);
    }
}
