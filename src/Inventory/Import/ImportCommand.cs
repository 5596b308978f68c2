using System.Globalization;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Inventory.Import;

/// <summary>
/// The command <c>import FILE.csv [setting …]</c>, which puts the books of a file into the catalogue, also while the store runs; see
/// docs/import.md.
/// </summary>
public static class ImportCommand
{
    private const int Failure = 1;
    private const int Misuse = 2;
    private const int Interrupted = 130;

    private static readonly string[] HelpOptions = ["--help", "-h", "-?"];

    private static readonly string Usage =
        $"""
        Usage: import FILE.csv [setting ...]

        Puts the books of a CSV file in UTF-8 into the catalogue, whether the store is running or not. What is there already and the
        same stays as it is, so a file may be imported again. Rows that cannot be imported go into FILE.rejected.csv.

        The first line names the columns, in any order; title and author must be there:
          {StoreLayout.Accepted}
        or it is that of books.csv of goodbooks-10k.

        Settings are those of the service, such as:
          --data-dir DIR                 where the databases are kept                        (default data)
          --inventory-database ADDRESS   the catalogue, when it is not the file in DATA_DIR
          --shop-currency CODE           the currency of all prices                          (default {ShopCurrency.Default})

        Exit codes: 0 imported, be it with rows rejected; 1 nothing could be imported; 2 a mistake on the command line; 130 interrupted.
        """;

    /// <summary>Whether the command line asks for an import.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAskedFor(string[] args) => args is ["import", ..];

    /// <summary>Imports the file that the command line names.</summary>
    /// <param name="args">The command line: import, the file, settings.</param>
    /// <returns>The exit code: 0 when the file was imported, be it with some rows rejected; 1 when nothing of it could be; 2 for a mistake
    /// on the command line; 130 when it was interrupted.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(HelpOptions.Contains))
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        var file = args.Skip(1).FirstOrDefault();
        if (file is null || file.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync("import: which file? Usage: import FILE.csv [setting ...]");
            return Misuse;
        }

        var builder = ServiceApplication.CreateBuilder(args[2..]);
        builder.AddInventory();
        builder.Services.AddSingleton<ImportStore>();
        builder.Services.AddSingleton<BookImport>();

        // The person at the terminal is told how it goes; what the log says beside that is for when something is wrong.
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        return await builder.Build().RunOnceAsync(
            (services, cancellationToken) => ImportAsync(services.GetRequiredService<BookImport>(), file, cancellationToken));
    }

    private static async Task<int> ImportAsync(BookImport import, string path, CancellationToken cancellationToken)
    {
        await using var rejected = new RejectedFile(RejectedFile.PathFor(path), Console.Error);
        var report = new ImportReport(Console.Out);
        try
        {
            using var file = CsvFile.Open(path);
            var layout = file.ReadHeader();
            await report.TellIgnoredAsync(layout);
            rejected.Clear();
            var count = await report.ShowAsync(file, progress => import.RunAsync(file, layout, rejected, progress, cancellationToken));
            await report.SumUpAsync(count, rejected.Path);
            return count.Rejected > 0 && count.Rejected == count.Rows ? Failure : 0;
        }
        catch (ImportFileException exception)
        {
            await Console.Error.WriteLineAsync($"import: {exception.Message}");
            return Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"import: stopped after {report.Last.Rows} rows; import the file again to go on"));
            return Interrupted;
        }
    }
}
