using System.Text.Json;
using System.Text.Json.Serialization;
using BooksForYou.Contracts.Security.V1;

namespace BooksForYou.ServiceKit.Security;

/// <summary>What a token of this store says: the claims of a JSON Web Token (RFC 7519, section 4). Times are seconds since 1970, UTC.</summary>
internal sealed record TokenClaims
{
    public const string StoreIssuer = "accounts.booksforyou";
    public const string StoreAudience = "booksforyou";

    // A claim that is not one of these, or is there twice, makes the token another's.
    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("role")]
    public required string RoleName { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("nbf")]
    public required long NotBefore { get; init; }

    [JsonPropertyName("exp")]
    public required long Expires { get; init; }

    /// <summary>The role by its name in the token; none when there is no such role that a token could give.</summary>
    [JsonIgnore]
    public Role Role => RoleName switch
    {
        "visitor" => Role.Visitor,
        "customer" => Role.Customer,
        "admin" => Role.Admin,
        "service" => Role.Service,
        _ => Role.Unspecified,
    };

    /// <summary>Reads claims; null when they are not exactly those of a token of this store.</summary>
    public static TokenClaims? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<TokenClaims>(json, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes them.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Strict);

    /// <summary>The name of a role in a token.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Visitor => "visitor",
        Role.Customer => "customer",
        Role.Admin => "admin",
        Role.Service => "service",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No token gives this role."),
    };
}
