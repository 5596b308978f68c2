using Microsoft.AspNetCore.Antiforgery;

namespace BooksForYou.Marketplace.People;

/// <summary>
/// Binds the token of a form to the session in which the form was made: one that was open before somebody signed in, or while somebody else was, cannot be
/// sent afterwards.
/// </summary>
internal sealed class FormOwner : IAntiforgeryAdditionalDataProvider
{
    /// <inheritdoc/>
    public string GetAdditionalData(HttpContext context) => Describe(SessionCookie.SecretOf(context));

    /// <inheritdoc/>
    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        string.Equals(additionalData, Describe(SessionCookie.SentWith(context)), StringComparison.Ordinal);

    private static string Describe(string? secret) => secret is null ? "" : SessionCookie.KeyOf(secret);
}
