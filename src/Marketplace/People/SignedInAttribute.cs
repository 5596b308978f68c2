using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.People;

/// <summary>A page for people who are signed in; the others are sent to do so, and back.</summary>
internal sealed class SignedInAttribute : PersonRequirementAttribute
{
    /// <inheritdoc/>
    protected override IActionResult? Refuse(HttpContext http, Person? person) => person is null ? new SeeOther(SignInHref(http.Request)) : null;
}
