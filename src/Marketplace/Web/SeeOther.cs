using Microsoft.AspNetCore.Mvc;

namespace BooksForYou.Marketplace.Web;

/// <summary>After a form, sends the browser on with 303 (RFC 9110, section 15.4.4), and never to another site: a reload repeats nothing.</summary>
/// <param name="path">Where to, within the shop.</param>
internal sealed class SeeOther(string path) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        if (path is not (['/'] or ['/', not ('/' or '\\'), ..]))
        {
            throw new InvalidOperationException("The shop sends its visitors nowhere else.");
        }

        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
