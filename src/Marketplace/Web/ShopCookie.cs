namespace BooksForYou.Marketplace.Web;

/// <summary>How the shop sets its cookies: scripts cannot read them, forms of other sites do not send them, and what came over TLS stays there.</summary>
internal static class ShopCookie
{
    /// <summary>The attributes of a cookie (RFC 6265, section 4.1.2).</summary>
    public static CookieOptions Options(HttpContext context, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        MaxAge = lifetime,
        Path = "/",
    };
}
