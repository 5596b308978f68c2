using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace BooksForYou.Marketplace.People;

/// <summary>Keeps a page for some people. Whether they still are who they were is asked anew each time.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal abstract class PersonRequirementAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    // After the check of the form's token: a forged form is told nothing about who is signed in.
    private const int AfterAntiforgery = 1100;

    /// <inheritdoc/>
    public int Order => AfterAntiforgery;

    /// <inheritdoc/>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var person = await http.RequestServices.GetRequiredService<Sessions>().FindCheckedAsync(http);
        if (person is null && Sessions.IsUnknownIn(http))
        {
            Unavailable.Mark(http.Response);
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
            return;
        }

        context.Result = Refuse(http, person);
    }

    /// <summary>What somebody is answered for whom the page is not; null for the others.</summary>
    protected abstract IActionResult? Refuse(HttpContext http, Person? person);

    /// <summary>Where somebody is sent to sign in and come back from: to the page, and not into the middle of a form.</summary>
    protected static string SignInHref(HttpRequest request) =>
        LocalPath.SignInHref(HttpMethods.IsGet(request.Method) ? request.GetEncodedPathAndQuery() : request.Path.ToUriComponent());
}
