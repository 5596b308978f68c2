namespace BooksForYou.Marketplace.Web;

/// <summary>Tells browsers to load nothing from elsewhere, to run no script but the shop's own, and to keep the shop out of other sites' frames.</summary>
internal static class SecurityHeaders
{
    // Content Security Policy Level 3. Nothing is allowed but what is listed; scripts and styles come from files of the shop only.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The header that says what other pages learn of where a visitor came from (W3C Referrer Policy).</summary>
    public const string ReferrerPolicy = "Referrer-Policy";

    private const string PermissionsPolicy =
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

    /// <summary>Sends the headers with every response, also when a later part of the pipeline starts the response anew.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder web) => web.Use((context, next) =>
    {
        context.Response.OnStarting(Send, context.Response.Headers);
        return next(context);
    });

    private static Task Send(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!headers.ContainsKey(ReferrerPolicy))
        {
            headers[ReferrerPolicy] = "strict-origin-when-cross-origin";
        }

        if (headers.CacheControl.Count == 0)
        {
            // Pages change from one visit to the next; files and covers have said for themselves how long they last.
            headers.CacheControl = "no-cache";
        }

        return Task.CompletedTask;
    }
}
