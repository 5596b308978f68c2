using Grpc.Core;

namespace BooksForYou.Marketplace.People;

/// <summary>In whose name a call is made.</summary>
/// <param name="Headers">What the call carries: a token of a person or of a visitor.</param>
/// <param name="VisitorId">The visitor; empty for somebody who is signed in.</param>
internal sealed record Bearer(Metadata Headers, string VisitorId)
{
    /// <summary>The headers of a token (RFC 6750, section 2.1).</summary>
    public static Metadata HeadersOf(string token) => new() { { "authorization", $"Bearer {token}" } };
}
