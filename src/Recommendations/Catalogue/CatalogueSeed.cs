using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using CsvHelper;
using CsvHelper.Configuration;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The books that a new store opens with, from <c>books.csv</c>.</summary>
internal static class CatalogueSeed
{
    /// <summary>The name that the seed is planted under.</summary>
    public const string Name = "books.csv";

    /// <summary>Reads the books.</summary>
    public static IReadOnlyList<Book> Read()
    {
        using var reader = new StreamReader(typeof(CatalogueSeed).Assembly.GetManifestResourceStream("books.csv")!);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { PrepareHeaderForMatch = header => header.Header.ToUpperInvariant() });
        csv.Context.TypeConverterOptionsCache.GetOptions<string?>().NullValues.Add("");
        return [.. csv.GetRecords<Book>()];
    }
}
