using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using CsvHelper;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>The books that a new store opens with, from <c>books.csv</c>.</summary>
internal static class CatalogueSeed
{
    /// <summary>The name that the seed is planted under.</summary>
    public const string Name = "books.csv";

    /// <summary>Reads the books.</summary>
    public static IReadOnlyList<Book> Read()
    {
        using var reader = new StreamReader(typeof(CatalogueSeed).Assembly.GetManifestResourceStream(Name)!);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        var books = new List<Book>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            books.Add(new Book
            {
                Id = csv.GetField<int>("id"),
                Title = csv.GetField("title")!,
                Author = csv.GetField("author")!,
                Year = csv.GetField<int?>("year"),
                Isbn = csv.GetField("isbn") is { Length: > 0 } isbn ? isbn : null,
                Category = Enum.Parse<BookCategory>(csv.GetField("category")!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
                Description = csv.GetField("description")!,
            });
        }

        return books;
    }
}
