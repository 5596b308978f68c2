using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Web;

/// <summary>Takes address and scheme of the visitor from the proxies that stand before the shop, and from nobody else.</summary>
internal static class ReverseProxies
{
    /// <summary>Believes as many entries of the headers as there are proxies: what stands before them was written by the visitor.</summary>
    public static void UseReverseProxies(this IApplicationBuilder web)
    {
        var settings = web.ApplicationServices.GetRequiredService<IOptions<MarketplaceOptions>>().Value;
        if (settings.Proxies == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = settings.Proxies,
        };

        // Without networks it is not known which addresses the proxies have: only they can reach the shop's port, which is what the setting says.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Networks())
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        web.UseForwardedHeaders(options);
    }
}
