using System.Globalization;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>The books that a new catalogue opens with, from <c>books.csv</c>.</summary>
internal sealed class CatalogueSeed(
    [FromKeyedServices("Inventory")] Database database,
    CatalogueWriter writer,
    ShopCurrency currency,
    IOptions<InventoryOptions> options)
{
    /// <summary>How many copies there are of a book for which no number is given.</summary>
    public const int DefaultStock = 20;

    /// <summary>Plants the seed at the first start, and never again: whatever a bookseller has changed since stays.</summary>
    public async Task PlantAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition("SELECT seeded FROM catalogue", cancellationToken: cancellationToken)))
            {
                return;
            }
        }

        // Of several processes that start at once, the others wait in here until the first has committed, and then find it done.
        await writer.WriteAsync(
            async (change, token) =>
            {
                var isFirst = await change.Connection.ExecuteAsync(new CommandDefinition(
                    "UPDATE catalogue SET seeded = true WHERE NOT seeded", cancellationToken: token)) == 1;
                if (isFirst && options.Value.Seed)
                {
                    await change.AddAsync(Read(currency.Code), "initial stock", "books.csv", token);
                }

                return isFirst;
            },
            cancellationToken);
    }

    /// <summary>Reads the books, in the order of their numbers, which begin with 1.</summary>
    public static IReadOnlyList<NewBook> Read(string currency)
    {
        using var reader = new StreamReader(typeof(CatalogueSeed).Assembly.GetManifestResourceStream("books.csv")!);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        var books = new List<NewBook>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var title = csv.GetField("title")!;
            var category = CategoryName.Parse(csv.GetField("category")!)!.Value;
            books.Add(new NewBook(
                new BookDraft
                {
                    Title = title,
                    Author = csv.GetField("author")!,
                    Year = csv.GetField<int?>("year"),
                    Isbn = csv.GetField("isbn")!,
                    Category = category,
                    Description = csv.GetField("description")!,
                    PriceCents = DefaultPrice.Cents(category, Folding.Key(title)),
                    Currency = currency,
                },
                DefaultStock));
        }

        return books;
    }
}
