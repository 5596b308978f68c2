using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BooksForYou.Marketplace.People;

/// <summary>Finds out who is signed in before a page is made, so that the page and its layout need not ask. Who has no session costs nothing.</summary>
internal static class PersonFinder
{
    /// <summary>Finds the person behind a request for a page; for a form, and for pages that ask for it, as Accounts says at that moment.</summary>
    public static void UsePeople(this IApplicationBuilder web)
    {
        var sessions = web.ApplicationServices.GetRequiredService<Sessions>();
        var merge = web.ApplicationServices.GetRequiredService<BasketMerge>();
        web.Use((context, next) => SessionCookie.SecretOf(context) is null || context.GetEndpoint() is not { } endpoint || !IsPage(endpoint)
            ? next(context)
            : FindAsync(sessions, merge, context, endpoint, next));
    }

    private static async Task FindAsync(Sessions sessions, BasketMerge merge, HttpContext context, Endpoint endpoint, RequestDelegate next)
    {
        var mustAsk = HttpMethods.IsPost(context.Request.Method) || endpoint.Metadata.GetMetadata<PersonRequirementAttribute>() is not null;
        var person = await (mustAsk ? sessions.FindCheckedAsync(context) : sessions.FindAsync(context));
        if (person is not null && BasketMerge.IsPending(context))
        {
            await merge.CarryOnAsync(context, person);
        }

        await next(context);
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
}
