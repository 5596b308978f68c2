using System.Text.Json;
using System.Text.Json.Serialization;

namespace BooksForYou.ServiceKit.Security;

/// <summary>The header of a token (RFC 7515, section 4): the algorithm, always ES256, and the key. Anything else in it is refused.</summary>
internal sealed record TokenHeader
{
    public const string OnlyAlgorithm = "ES256";

    private const string OnlyType = "JWT";
    private const int LongestKeyId = 64;

    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    [JsonPropertyName("alg")]
    public required string Algorithm { get; init; }

    [JsonPropertyName("typ")]
    public string Type { get; init; } = OnlyType;

    [JsonPropertyName("kid")]
    public required string KeyId { get; init; }

    /// <summary>Reads a header; null when it is not one of a token of this store.</summary>
    public static TokenHeader? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var header = JsonSerializer.Deserialize<TokenHeader>(json, Strict);
            return header is { Algorithm: OnlyAlgorithm, Type: OnlyType, KeyId.Length: > 0 and <= LongestKeyId } ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Strict);
}
