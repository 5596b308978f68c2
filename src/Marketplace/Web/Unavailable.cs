using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Web;

/// <summary>The answer when a page cannot be made because another service is away.</summary>
internal static class Unavailable
{
    private const string SecondsUntilRetry = "5";

    /// <summary>503, and when to ask again (RFC 9110, section 10.2.3).</summary>
    public static IResult Of(HttpResponse response)
    {
        response.Headers.RetryAfter = SecondsUntilRetry;
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>503 and when to ask again, for a page that says for itself what is missing.</summary>
    public static void Mark(HttpResponse response)
    {
        response.Headers.RetryAfter = SecondsUntilRetry;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>503 from a page, and when to ask again.</summary>
    public static IActionResult Page(PageModel page)
    {
        page.Response.Headers.RetryAfter = SecondsUntilRetry;
        return page.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
