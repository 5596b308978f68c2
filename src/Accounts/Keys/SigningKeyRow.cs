namespace BooksForYou.Accounts.Keys;

/// <summary>A signing key as the database holds it.</summary>
internal sealed class SigningKeyRow
{
    public int Number { get; init; }

    public string KeyId { get; init; } = "";

    public string PrivateKey { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SignsFrom { get; init; }

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => KeyId;
}
