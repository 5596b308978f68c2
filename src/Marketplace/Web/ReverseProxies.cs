using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Web;

/// <summary>Takes address and scheme of the visitor from the proxies that stand before the shop, and from nobody else.</summary>
internal static class ReverseProxies
{
    /// <summary>Believes as many entries of the headers as there are proxies: what stands before them was written by the visitor.</summary>
    public static void UseReverseProxies(this IApplicationBuilder web)
    {
        var proxies = web.ApplicationServices.GetRequiredService<IOptions<MarketplaceOptions>>().Value.Proxies;
        if (proxies == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = proxies,
        };

        // Which addresses the proxies have is not known: only they can reach the shop's port, which is what the setting says.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        web.UseForwardedHeaders(options);
    }
}
