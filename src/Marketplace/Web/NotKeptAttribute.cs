using Microsoft.AspNetCore.Mvc.Filters;

namespace BooksForYou.Marketplace.Web;

/// <summary>Keeps a page that is about one visitor out of every cache (RFC 9111, section 5.2.2.5).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotKeptAttribute : ResultFilterAttribute
{
    /// <inheritdoc/>
    public override void OnResultExecuting(ResultExecutingContext context) => context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";
}
