using Microsoft.AspNetCore.Mvc.Filters;

namespace BooksForYou.Marketplace.Web;

/// <summary>Keeps the address of a page to itself, since it holds what somebody was mailed: no other page is told where its visitor came from.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HoldsSecretAttribute : ResultFilterAttribute
{
    /// <inheritdoc/>
    public override void OnResultExecuting(ResultExecutingContext context) =>
        context.HttpContext.Response.Headers[SecurityHeaders.ReferrerPolicy] = "no-referrer";
}
