namespace BooksForYou.Marketplace.Pages;

/// <summary>Titles for the search box while somebody types.</summary>
internal static class SuggestionEndpoint
{
    private const string AMinute = "private, max-age=60";

    /// <summary>Maps <c>/search/suggestions?q=…</c>: a JSON array of titles, empty while the catalogue is away.</summary>
    public static void MapSuggestions(this IEndpointRouteBuilder web) => web.MapGet("/search/suggestions", SuggestAsync);

    private static async Task<IResult> SuggestAsync(string? q, HttpContext context, BookCatalogue catalogue)
    {
        var query = BookCatalogue.CleanQuery(q);
        var answer = query.Length > 0 ? await catalogue.SuggestAsync(query, context.RequestAborted) : default;
        context.Response.Headers.CacheControl = AMinute;
        return Results.Json(answer.Value?.Books.Select(book => book.Title).Distinct(StringComparer.Ordinal).ToArray() ?? []);
    }
}
