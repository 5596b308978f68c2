using System.Text;
using BooksForYou.Inventory.Import;

namespace BooksForYou.Inventory.Tests.Import;

/// <summary>A folder for files to import, removed after the test.</summary>
internal sealed class ImportFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("booksforyou-import-").FullName;

    public string PathOf(string name) => Path.Combine(_path, name);

    public string Write(string text, Encoding? encoding = null) => Write((encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public string Write(byte[] bytes)
    {
        var path = PathOf("books.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Imports a file as the command does.</summary>
    public static async Task<ImportCount> ImportAsync(
        Bookshop shop, string path, IProgress<ImportCount>? progress = null, CancellationToken cancellationToken = default)
    {
        var currency = new ShopCurrency("EUR");
        var import = new BookImport(shop.Writer, new ImportStore(shop.Database, currency), currency);
        using var file = CsvFile.Open(path);
        await using var rejected = new RejectedFile(RejectedFile.PathFor(path), TextWriter.Null);
        rejected.Clear();
        return await import.RunAsync(file, file.ReadHeader(), rejected, progress ?? new Progress<ImportCount>(), cancellationToken);
    }

    public string[] Rejected() => File.Exists(PathOf("books.rejected.csv")) ? File.ReadAllLines(PathOf("books.rejected.csv")) : [];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
