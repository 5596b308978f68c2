using System.Globalization;
using BooksForYou.Marketplace.Web;

namespace BooksForYou.Marketplace.Shopping;

/// <summary>
/// Who visits the shop, as far as it has to know: an unguessable cookie that names a basket, made when the first book is put into it. A second
/// cookie holds how many copies are in the basket, so that the sign above every page needs no call to say it.
/// </summary>
internal static class Visitor
{
    private const string IdCookie = "visitor";
    private const string CopiesCookie = "copies";
    private const int MostCopies = 9_900;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    /// <summary>The visitor; null when nothing was ever put into a basket.</summary>
    public static string? IdOf(HttpContext context) =>
        (context.Items[IdCookie] ?? context.Request.Cookies[IdCookie]) is string id && Token.IsWellFormed(id) ? id : null;

    /// <summary>Makes sure that there is a cookie, and that it lasts from now on.</summary>
    public static void Welcome(HttpContext context) => Remember(context, IdOf(context) ?? Token.New());

    /// <summary>Makes another visitor of whoever uses the browser, with an empty basket: after somebody has signed in, or out.</summary>
    public static void Renew(HttpContext context)
    {
        Remember(context, Token.New());
        RememberCopies(context, 0);
    }

    /// <summary>Makes whoever uses the browser a visitor who was here before.</summary>
    public static void Become(HttpContext context, string id) => Remember(context, id);

    /// <summary>How many copies the visitor had in the basket when it was last seen, which may be in this very request.</summary>
    public static int CopiesOf(HttpContext context) => context.Items[CopiesCookie] as int? ?? ReadCopies(context);

    /// <summary>Remembers how many copies are in the basket.</summary>
    public static void RememberCopies(HttpContext context, int copies)
    {
        context.Items[CopiesCookie] = copies;
        if (copies > 0)
        {
            context.Response.Cookies.Append(CopiesCookie, copies.ToString(CultureInfo.InvariantCulture), ShopCookie.Options(context, Lifetime));
        }
        else if (context.Request.Cookies.ContainsKey(CopiesCookie))
        {
            context.Response.Cookies.Delete(CopiesCookie, ShopCookie.Options(context, Lifetime));
        }
    }

    private static void Remember(HttpContext context, string id)
    {
        context.Items[IdCookie] = id;
        context.Response.Cookies.Append(IdCookie, id, ShopCookie.Options(context, Lifetime));
    }

    private static int ReadCopies(HttpContext context) =>
        IdOf(context) is not null && int.TryParse(context.Request.Cookies[CopiesCookie], NumberStyles.None, CultureInfo.InvariantCulture, out var copies) && copies <= MostCopies
            ? copies
            : 0;
}
