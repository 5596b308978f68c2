using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Web;

/// <summary>How often one address on the network may search, write about books, try to pay, and try to prove who it is.</summary>
internal static class RateLimits
{
    private const int SegmentsPerMinute = 6;
    private const int BytesOfSubscriber = 8;

    // Where a password or a mailed link is tried.
    private static readonly string[] Doors = ["/sign-in", "/register", "/forgot-password", "/reset", "/confirm", "/account"];

    /// <summary>Limits searches, reviews, payments and sign-ins. Whoever asks more often gets 429 (RFC 6585, section 4) and is told when to come back.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<MarketplaceOptions>>((limiter, options) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = $"{60 / SegmentsPerMinute}";
                return ValueTask.CompletedTask;
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string Kind, string Who)>(context => Partition(context.Request, options.Value));
        });
    }

    private static RateLimitPartition<(string Kind, string Who)> Partition(HttpRequest request, MarketplaceOptions options)
    {
        if (request.Path.StartsWithSegments("/search"))
        {
            return Limit(("search", WhoAsks(request)), options.SearchesPerMinute);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return RateLimitPartition.GetNoLimiter(("", ""));
        }

        if (request.Path.StartsWithSegments("/checkout"))
        {
            return Limit(("checkout", WhoAsks(request)), options.CheckoutsPerMinute);
        }

        if (request.Path.StartsWithSegments("/books"))
        {
            return Limit(("reviews", WhoAsks(request)), options.ReviewsPerMinute);
        }

        return Doors.Any(door => request.Path.StartsWithSegments(door))
            ? Limit(("sign-in", WhoAsks(request)), options.SignInsPerMinute)
            : RateLimitPartition.GetNoLimiter(("", ""));
    }

    private static RateLimitPartition<(string Kind, string Who)> Limit((string Kind, string Who) key, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = SegmentsPerMinute,
            QueueLimit = 0,
        });

    /// <summary>The address; of IPv6 the first half, since a subscriber has at least a /64 to choose from (RFC 6177).</summary>
    private static string WhoAsks(HttpRequest request)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, BytesOfSubscriber))
            : address.ToString();
    }
}
