using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Web;

/// <summary>Where the shop has a certificate of its own, it sends visitors to its encrypted pages, and tells browsers to come there by themselves
/// from then on (HSTS, RFC 6797).</summary>
internal static class SecureTransport
{
    /// <summary>Adds what is told.</summary>
    public static void AddSecureTransport(this IServiceCollection services)
    {
        services.Configure<HstsOptions>(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddOptions<HttpsRedirectionOptions>().Configure<IConfiguration, IOptions<MarketplaceOptions>>((options, configuration, shop) =>
        {
            // Permanent, and with the method kept: a form that was sent is sent again.
            options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;
            options.HttpsPort = shop.Value.PublicUrl is { Scheme: "https" } known ? known.Port : configuration.GetValue<int?>("HTTPS_PORT");
        });
    }

    /// <summary>Tells it. Behind a proxy plain requests are left alone: the proxy has ended TLS, or redirects where it wants it.</summary>
    public static void UseSecureTransport(this IApplicationBuilder web)
    {
        var services = web.ApplicationServices;
        if (string.IsNullOrWhiteSpace(services.GetRequiredService<IConfiguration>()["HTTPS_CERT"]))
        {
            return;
        }

        web.UseHsts();
        if (services.GetRequiredService<IOptions<MarketplaceOptions>>().Value.Proxies == 0)
        {
            web.UseHttpsRedirection();
        }
    }
}
