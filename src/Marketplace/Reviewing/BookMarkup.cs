using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>
/// A book and its rating as search engines read them (schema.org, JSON-LD). A data block is no script: browsers run none of it, and the content security
/// policy stays as it is.
/// </summary>
internal static class BookMarkup
{
    // The encoder by default writes <, >, & and quotes as \u escapes, so that nothing in a title ends the block.
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The block for a book.</summary>
    public static string Write(Book book, Rating rating) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Book",
            ["name"] = book.Title,
            ["author"] = book.Author.Length > 0 ? book.Author : null,
            ["isbn"] = book.Isbn.Length > 0 ? book.Isbn : null,
            ["aggregateRating"] = new Dictionary<string, object>
            {
                ["@type"] = "AggregateRating",
                ["ratingValue"] = (rating.AverageHundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture),
                ["bestRating"] = Stars.Most,
                ["ratingCount"] = rating.Count,
            },
        },
        Json);
}
