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
        if (context.Request.ContentLength > LongestForm && context.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            // Nor is it a form for the page that says so.
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
