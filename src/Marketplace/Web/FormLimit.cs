using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace BooksForYou.Marketplace.Web;

/// <summary>No form of the shop is long. A longer one is not read at all, whatever page it is for.</summary>
internal static class FormLimit
{
    private const int LongestForm = 64 * 1024;

    /// <summary>Answers 413 (RFC 9110, section 15.5.14) to what says that it is too long, and breaks off what turns out to be.</summary>
    public static void UseFormLimit(this IApplicationBuilder web) => web.Use((context, next) =>
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            // The page that says so.
            return next(context);
        }

        if (context.Request.ContentLength > LongestForm)
        {
            // What is on its way is let go by, so that the browser gets to read the answer; it is no form for any page.
            context.Request.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestForm;
        }

        return next(context);
    });
}
