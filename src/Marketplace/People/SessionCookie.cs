using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using BooksForYou.Marketplace.Web;

namespace BooksForYou.Marketplace.People;

/// <summary>The cookie that a browser holds after signing in: the secret of a session, of which Accounts keeps the hash.</summary>
internal static class SessionCookie
{
    private const string Name = "session";
    private const int LongestSecret = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly object Deleted = new();
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The secret of the session that the browser has after this request; null when it has none.</summary>
    public static string? SecretOf(HttpContext context)
    {
        var secret = context.Items.TryGetValue(typeof(SessionCookie), out var changed) ? changed as string : context.Request.Cookies[Name];
        return IsWellFormed(secret) ? secret : null;
    }

    /// <summary>The secret that came with the request, whatever became of it since; null when there was none.</summary>
    public static string? SentWith(HttpContext context) => context.Request.Cookies[Name] is { } secret && IsWellFormed(secret) ? secret : null;

    /// <summary>Gives the browser a session. It is never one that it had before.</summary>
    public static void Set(HttpContext context, string secret)
    {
        context.Items[typeof(SessionCookie)] = secret;
        context.Response.Cookies.Append(Name, secret, ShopCookie.Options(context, Lifetime));
    }

    /// <summary>Takes the session away from the browser.</summary>
    public static void Delete(HttpContext context)
    {
        context.Items[typeof(SessionCookie)] = Deleted;
        context.Response.Cookies.Delete(Name, ShopCookie.Options(context, Lifetime));
    }

    /// <summary>What a session is known by in this process: the secret itself is kept nowhere.</summary>
    public static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    private static bool IsWellFormed(string? secret) => secret is { Length: > 0 and <= LongestSecret } && !secret.AsSpan().ContainsAnyExcept(Characters);
}
