using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.People;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Makes calls in the name of somebody who runs the shop. The services decide for themselves whether they are for that person.</summary>
internal sealed class AdminCalls(Sessions sessions, IServiceProvider services, IOptions<MarketplaceOptions> options)
{
    /// <summary>
    /// Asks a service, unless it is known to be away. A report may take its time, and a refund may wait for the bank: no conclusion is drawn for visitors
    /// from an answer that does not come.
    /// </summary>
    /// <param name="http">The request of the person.</param>
    /// <param name="peer">The service.</param>
    /// <param name="call">Makes the call.</param>
    public async Task<Answer<T>> AskAsync<T>(HttpContext http, string peer, Func<CallOptions, AsyncUnaryCall<T>> call)
        where T : class
    {
        var service = services.GetRequiredKeyedService<Peer>(peer);
        var headers = await sessions.HeadersAsync(http);
        return service.IsAway || headers is null
            ? Answer<T>.Away
            : await service.ProbeAsync(options => call(options.WithHeaders(headers)), options.Value.AdminDeadline, http.RequestAborted, isForgiven: true);
    }
}
