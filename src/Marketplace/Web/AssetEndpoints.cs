using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Peers;
using Microsoft.Net.Http.Headers;

namespace BooksForYou.Marketplace.Web;

/// <summary>Serves the files and the covers that pages refer to.</summary>
internal static class AssetEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Hours = "public, max-age=3600";

    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/assets/…</c>, <c>/covers/{id}.svg</c>, <c>/favicon.svg</c> and <c>/robots.txt</c>.</summary>
    public static void MapAssets(this IEndpointRouteBuilder web)
    {
        foreach (var pattern in new[] { "/assets/{file}", "/favicon.svg", "/robots.txt" })
        {
            web.MapMethods(pattern, ReadMethods, SendAsset);
        }

        web.MapMethods("/covers/{id:int:min(1)}.svg", ReadMethods, SendCoverAsync);
    }

    private static IResult SendAsset(HttpContext context, Assets assets)
    {
        if (assets.Find(context.Request.Path.Value!) is not { } asset)
        {
            return Results.NotFound();
        }

        var (encoding, content) = Choose(context.Request, asset);
        var headers = context.Response.Headers;
        headers.CacheControl = asset.IsImmutable ? Forever : Hours;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding.Length > 0)
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Fingerprint}{encoding}\""));
    }

    /// <summary>The smallest form that the browser takes (RFC 9110, section 12.5.3).</summary>
    private static (string Encoding, byte[] Content) Choose(HttpRequest request, Asset asset)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        bool Accepts(string coding) => accepted.Any(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);
        if (Accepts("br"))
        {
            return ("br", asset.Brotli);
        }

        return Accepts("gzip") ? ("gzip", asset.Gzip) : ("", asset.Content);
    }

    private static async Task<IResult> SendCoverAsync(int id, HttpContext context, CoverShelf covers, BookCatalogue catalogue)
    {
        var cover = covers.Find(id);
        if (cover is null)
        {
            var answer = await catalogue.GetBookAsync(id, context.RequestAborted);
            if (answer.Value is null)
            {
                return answer.IsRefused ? Results.NotFound() : Unavailable.Of(context.Response);
            }

            cover = covers.Keep(new BookTile(answer.Value).Cover);
        }

        context.Response.Headers.CacheControl = context.Request.Query["v"] == cover.Version ? Forever : Hours;
        return Results.Bytes(cover.Svg, "image/svg+xml", entityTag: new EntityTagHeaderValue($"\"{cover.Version}\""));
    }
}
