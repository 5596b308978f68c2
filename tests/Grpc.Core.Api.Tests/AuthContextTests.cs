using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class AuthContextTests
{
    private static readonly AuthProperty Name = AuthProperty.Create("name", "cart"u8.ToArray());
    private static readonly AuthProperty OtherName = AuthProperty.Create("name", "basket"u8.ToArray());
    private static readonly AuthProperty Kind = AuthProperty.Create("kind", "x509"u8.ToArray());

    private static readonly Dictionary<string, List<AuthProperty>> Properties = new()
    {
        ["name"] = [Name, OtherName],
        ["kind"] = [Kind],
    };

    [Fact]
    public void PeerIdentity_authenticated_is_every_value_of_its_property()
    {
        var context = new AuthContext("name", Properties);

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("name", context.PeerIdentityPropertyName);
        Assert.Equal([Name, OtherName], context.PeerIdentity);
    }

    [Fact]
    public void PeerIdentity_not_authenticated_is_empty()
    {
        var context = new AuthContext(null, Properties);

        Assert.False(context.IsPeerAuthenticated);
        Assert.Null(context.PeerIdentityPropertyName);
        Assert.Empty(context.PeerIdentity);
    }

    [Fact]
    public void Properties_has_all_and_finds_by_name()
    {
        var context = new AuthContext(null, Properties);

        Assert.Equal([Name, OtherName, Kind], context.Properties);
        Assert.Equal([Kind], context.FindPropertiesByName("kind"));
        Assert.Empty(context.FindPropertiesByName("Kind"));
    }

    [Fact]
    public void AuthProperty_cannot_be_changed_from_outside()
    {
        var bytes = "cart"u8.ToArray();
        var property = AuthProperty.Create("name", bytes);

        bytes[0] = 0;
        property.ValueBytes[1] = 0;

        Assert.Equal("name", property.Name);
        Assert.Equal("cart", property.Value);
        Assert.Equal("cart"u8.ToArray(), property.ValueBytes);
    }

    [Fact]
    public void Constructors_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new AuthContext("name", null!));
        Assert.Throws<ArgumentNullException>(() => AuthProperty.Create(null!, []));
        Assert.Throws<ArgumentNullException>(() => AuthProperty.Create("name", null!));
    }
}
