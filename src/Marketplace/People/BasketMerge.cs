using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.People;

/// <summary>
/// Makes what somebody has put into the basket before signing in a part of the own basket. While Cart does not answer, a cookie remembers the visitor, and it
/// is tried again with the next page.
/// </summary>
internal sealed class BasketMerge(
    CartService.CartServiceClient cart,
    [FromKeyedServices(PeerNames.Cart)] Peer peer,
    Baskets baskets,
    IOptions<MarketplaceOptions> options)
{
    private const string Cookie = "merge";
    private const char Separator = '.';
    private const int MostVisitors = 4;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    /// <summary>Whether there is a basket that could not be merged yet.</summary>
    public static bool IsPending(HttpContext context) => context.Request.Cookies.ContainsKey(Cookie);

    /// <summary>Merges the visitor's basket after somebody has signed in. The browser is another visitor from now on.</summary>
    public async Task BeginAsync(HttpContext context, Person person)
    {
        string[] visitors = [.. PendingIn(context), .. new[] { Visitor.IdOf(context) }.OfType<string>()];
        Visitor.Renew(context);
        if (visitors.Length > 0)
        {
            await MergeAsync(context, person, visitors);
        }
        else if ((await baskets.GetAsync(context)).Value is { } basket)
        {
            Visitor.RememberCopies(context, basket.Copies);
        }
    }

    /// <summary>Merges what could not be merged when somebody signed in.</summary>
    public Task CarryOnAsync(HttpContext context, Person person) => MergeAsync(context, person, PendingIn(context));

    /// <summary>Makes the browser another visitor, after somebody has signed out. A basket that was never merged is the visitor's again.</summary>
    public static void End(HttpContext context)
    {
        Visitor.Renew(context);
        if (PendingIn(context) is [var visitor, ..])
        {
            Visitor.Become(context, visitor);
            Remember(context, []);
        }
    }

    private async Task MergeAsync(HttpContext context, Person person, IReadOnlyList<string> visitors)
    {
        var left = new List<string>();
        foreach (var visitor in visitors)
        {
            var request = new MergeBasketRequest { VisitorId = visitor };
            var headers = Bearer.HeadersOf(person.Token);
            var answer = await peer.AskAsync(call => cart.MergeBasketAsync(request, call), headers, options.Value.PersonDeadline, context.RequestAborted);
            if (answer.Value is { } merged)
            {
                Visitor.RememberCopies(context, merged.Copies);
            }
            else
            {
                left.Add(visitor);
            }
        }

        Remember(context, left);
    }

    private static string[] PendingIn(HttpContext context) =>
        [.. (context.Request.Cookies[Cookie] ?? "").Split(Separator).Where(Token.IsWellFormed).Take(MostVisitors)];

    private static void Remember(HttpContext context, List<string> visitors)
    {
        if (visitors.Count > 0)
        {
            context.Response.Cookies.Append(Cookie, string.Join(Separator, visitors), ShopCookie.Options(context, Lifetime));
        }
        else if (IsPending(context))
        {
            context.Response.Cookies.Delete(Cookie, ShopCookie.Options(context, Lifetime));
        }
    }
}
