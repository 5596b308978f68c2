using System.Text.Json;

namespace BooksForYou.Marketplace.Pages;

/// <summary>Books for the search box while somebody types.</summary>
internal static class SuggestionEndpoint
{
    private const string AMinute = "private, max-age=60";

    // Unlike the web server's own, these escape what has a meaning in HTML.
    private static readonly JsonSerializerOptions Escaped = new(JsonSerializerDefaults.Web);

    /// <summary>Maps <c>/search/suggestions?q=…</c>: a JSON array of books with title, author and the address of their page; empty while the catalogue is away.</summary>
    public static void MapSuggestions(this IEndpointRouteBuilder web) => web.MapGet("/search/suggestions", SuggestAsync);

    private static async Task<IResult> SuggestAsync(string? q, HttpContext context, BookCatalogue catalogue)
    {
        var query = BookCatalogue.CleanQuery(q);
        var answer = query.Length > 0 ? await catalogue.SuggestAsync(query, context.RequestAborted) : default;
        context.Response.Headers.CacheControl = AMinute;
        return Results.Json(answer.Value?.Books.Select(book => new Suggestion(book.Title, book.Author, BookTile.HrefOf(book.BookId))).ToArray() ?? [], Escaped);
    }

    private sealed record Suggestion(string Title, string Author, string Href);
}
