using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.Pages;

/// <summary>What is shown in the place of a page that cannot be shown. It needs no other service.</summary>
[IgnoreAntiforgeryToken]
internal sealed class StatusModel : PageModel
{
    /// <summary>The status code.</summary>
    public int Code { get; private set; }

    /// <summary>What is the matter.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What it means for the visitor.</summary>
    public string Line { get; private set; } = "";

    /// <summary>What connects the page with the log, when the shop is at fault.</summary>
    public string? CorrelationId { get; private set; }

    /// <summary>Shows the page in the place of another, whatever the method was; asked for by itself it is a page that does not exist.</summary>
    /// <param name="context">The request.</param>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        var isAsked = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerPathFeature>() is null;
        Code = isAsked ? StatusCodes.Status404NotFound : code;
        Response.StatusCode = Code;
        (Title, Line) = Code switch
        {
            StatusCodes.Status404NotFound => ("We cannot find that page", "It may have been sold, lent or never written. The shelves are all still here."),
            StatusCodes.Status405MethodNotAllowed => ("That cannot be done here", "This page can be read, and that is all that it is for."),
            StatusCodes.Status400BadRequest => ("That form has gone stale", "It was open for a long time, or its cookie is gone. Nothing was changed and nothing was charged: go back, load the page again and send it once more."),
            StatusCodes.Status413PayloadTooLarge => ("That is more than we can take", "No form of ours needs that much. Nothing was changed and nothing was charged."),
            StatusCodes.Status429TooManyRequests => ("A little slower, please", "That was more than one visitor usually asks for in a minute. Nothing was changed and nothing was charged; try again in a few seconds."),
            StatusCodes.Status503ServiceUnavailable => ("One moment, please", "We are just fetching what you asked for from the back room. Try again in a few seconds."),
            >= 500 => ("Something fell off a shelf", "That is our fault, not yours. We have taken note of it; please try again."),
            _ => ("We did not understand that", "Something about that address is not right. The shelves are all still here."),
        };
        CorrelationId = Code == StatusCodes.Status500InternalServerError ? BooksForYou.ServiceKit.Telemetry.CorrelationId.Of(HttpContext) : null;
    }
}
