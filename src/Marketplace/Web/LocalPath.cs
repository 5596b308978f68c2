using System.Buffers;

namespace BooksForYou.Marketplace.Web;

/// <summary>Addresses within the shop that come from outside, such as where somebody wants to go on after signing in.</summary>
internal static class LocalPath
{
    private const int Longest = 1_000;

    // What RFC 3986 lets stand in a path, a query and a fragment. A backslash, which browsers take for a slash, is not among it, nor is a control character.
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>The address if it can lead nowhere else, else another one.</summary>
    /// <param name="path">What was asked for.</param>
    /// <param name="otherwise">Where to go instead.</param>
    public static string Clean(string? path, string otherwise = "/") => IsLocal(path) ? path! : otherwise;

    /// <summary>The address of the page to sign in on, from which somebody comes back.</summary>
    /// <param name="next">Where to go on afterwards.</param>
    public static string SignInHref(string? next) => IsLocal(next) && next != "/" ? $"/sign-in?next={Uri.EscapeDataString(next!)}" : "/sign-in";

    private static bool IsLocal(string? path) =>
        path is { Length: <= Longest } and ['/', ..] and not ['/', '/', ..] && !path.AsSpan().ContainsAnyExcept(Characters);
}
