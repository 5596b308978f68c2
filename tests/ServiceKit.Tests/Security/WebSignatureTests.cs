using System.Security.Cryptography;
using System.Text;
using BooksForYou.ServiceKit.Security;

namespace BooksForYou.ServiceKit.Tests.Security;

public sealed class WebSignatureTests
{
    // RFC 7515, appendix A.3: JWS using ECDSA P-256 SHA-256.
    private const string Example =
        "eyJhbGciOiJFUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private const string ExampleX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string ExampleY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string ExampleD = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

    [Fact]
    public void IsSignedBy_the_example_of_the_standard_is_true()
    {
        using var key = ExampleKey();

        Assert.True(WebSignature.TrySplit(Example, out var header, out var payload, out var signature));
        Assert.Equal("""{"alg":"ES256"}""", Encoding.UTF8.GetString(header));
        Assert.Equal("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}", Encoding.UTF8.GetString(payload));
        Assert.True(WebSignature.IsSignedBy(Example, signature, key));
    }

    [Fact]
    public void IsSignedBy_any_bit_of_the_signature_changed_is_false()
    {
        using var key = ExampleKey();
        WebSignature.TrySplit(Example, out _, out _, out var signature);

        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(WebSignature.IsSignedBy(Example, changed, key));
        }
    }

    [Fact]
    public void IsSignedBy_another_payload_is_false()
    {
        using var key = ExampleKey();
        WebSignature.TrySplit(Example, out _, out _, out var signature);

        Assert.False(WebSignature.IsSignedBy(Example.Replace(".eyJpc3Mi", ".eyJpc3Nj", StringComparison.Ordinal), signature, key));
    }

    [Fact]
    public void IsSignedBy_a_signature_of_zeros_is_false()
    {
        using var key = ExampleKey();

        Assert.False(WebSignature.IsSignedBy(Example, new byte[64], key));
    }

    [Fact]
    public void Sign_gives_what_IsSignedBy_takes()
    {
        using var key = ExampleKey();

        var text = WebSignature.Sign("{}"u8, "anything"u8, key);

        Assert.True(WebSignature.TrySplit(text, out _, out var payload, out var signature));
        Assert.Equal("anything", Encoding.UTF8.GetString(payload));
        Assert.True(WebSignature.IsSignedBy(text, signature, key));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30")]
    public void TrySplit_not_three_parts_of_the_right_length_is_false(string text) =>
        Assert.False(WebSignature.TrySplit(text, out _, out _, out _));

    [Theory]
    [InlineData("=")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("+")]
    public void TrySplit_a_character_that_is_not_base64url_is_false(string character)
    {
        Assert.False(WebSignature.TrySplit(Example + character, out _, out _, out _));
        Assert.False(WebSignature.TrySplit(character + Example, out _, out _, out _));
    }

    // The last character of 64 bytes holds four bits only; the other two must be 0, or one token could be written in four ways.
    [Fact]
    public void TrySplit_bits_after_the_end_is_false() => Assert.False(WebSignature.TrySplit(Example[..^1] + "R", out _, out _, out _));

    private static ECDsa ExampleKey() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Decode(ExampleX), Y = Decode(ExampleY) },
        D = Decode(ExampleD),
    });

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
