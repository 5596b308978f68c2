using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.People;

/// <summary>A page for people who run the shop; for everybody else there is no such page.</summary>
internal sealed class AdminOnlyAttribute : PersonRequirementAttribute
{
    /// <inheritdoc/>
    protected override IActionResult? Refuse(HttpContext http, Person? person) => person is { IsAdmin: true } ? null : new NotFoundResult();
}
