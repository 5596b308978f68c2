using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BooksForYou.Cart.Baskets;

/// <summary>A basket as it is kept: numbers and quantities. What the books cost, Inventory knows.</summary>
internal sealed partial record StoredBasket(long Revision, IReadOnlyList<BasketItem> Items)
{
    private const int VersionBytes = 12;

    public static readonly StoredBasket Empty = new(0, []);

    /// <summary>How many copies are in it.</summary>
    public int Copies => Items.Sum(item => item.Quantity);

    /// <summary>A fingerprint of books and quantities, for a page to say what it showed.</summary>
    public string Version => Items.Count == 0
        ? ""
        : Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Describe())).AsSpan(0, VersionBytes));

    /// <summary>Reads the column <c>items</c>; the books come in the order in which they were added.</summary>
    public static StoredBasket Parse(long revision, string items) => new(
        revision,
        [.. JsonSerializer.Deserialize(items, Json.Default.DictionaryInt32Document)!
            .OrderBy(item => item.Value.Added)
            .Select(item => new BasketItem(item.Key, item.Value.Quantity, item.Value.Price))]);

    /// <summary>The basket with what is in another one, as much of it as fits: 99 copies of a book, 100 books.</summary>
    public StoredBasket With(StoredBasket other)
    {
        var items = Items.ToList();
        foreach (var item in other.Items)
        {
            var index = items.FindIndex(own => own.BookId == item.BookId);
            if (index >= 0)
            {
                items[index] = items[index] with { Quantity = Math.Min(BasketSql.MaxQuantity, items[index].Quantity + item.Quantity) };
            }
            else if (items.Count < BasketSql.MaxLines)
            {
                items.Add(item);
            }
        }

        return this with { Items = items };
    }

    /// <summary>The items as the column <c>items</c> has them, numbered in their order.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        Items.Index().ToDictionary(
            entry => entry.Item.BookId,
            entry => new Document(entry.Item.Quantity, entry.Item.AddedPrice?.Cents, entry.Item.AddedPrice?.Currency, entry.Index)),
        Json.Default.DictionaryInt32Document);

    private string Describe() => string.Join(
        ';',
        Items.OrderBy(item => item.BookId).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.BookId}:{item.Quantity}")));

    private sealed record Document(int Quantity, long? Cents, string? Currency, long Added)
    {
        [JsonIgnore]
        public Price? Price => Cents is { } cents && Currency is { } currency ? new Price(cents, currency) : null;
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Dictionary<int, Document>))]
    private sealed partial class Json : JsonSerializerContext;
}
