using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace BooksForYou.ServiceKit.Tests.Security;

public sealed class TokenVerifierTests : IAsyncLifetime
{
    private static readonly ServiceKit.Security.Caller Ada = new(Role.Customer, "account:ada", "Ada");

    private readonly MovableTime _time = new();
    private ScriptedAccounts _accounts = null!;
    private TokenVerifier _verifier = null!;

    public async ValueTask InitializeAsync()
    {
        _accounts = await ScriptedAccounts.StartAsync();
        _verifier = new TokenVerifier(new VerificationKeys(_accounts.Client(), [], _time, NullLogger<VerificationKeys>.Instance), _time);
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    [Theory]
    [InlineData(Role.Visitor)]
    [InlineData(Role.Customer)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Service)]
    public async Task Verify_a_token_of_Accounts_gives_the_caller(Role role)
    {
        var caller = new ServiceKit.Security.Caller(role, "somebody", "Zoë ✓");

        Assert.Equal(caller, await VerifyAsync(Sign(caller)));
    }

    [Fact]
    public async Task Verify_again_asks_nobody_and_gives_the_same()
    {
        var token = Sign(Ada);
        Assert.Null(_verifier.FindVerified($"Bearer {token}"));
        await VerifyAsync(token);

        Assert.Equal(Ada, _verifier.FindVerified($"Bearer {token}"));
        Assert.Equal(1, _accounts.KeyCalls);
    }

    [Fact]
    public async Task Verify_after_its_end_is_refused_remembered_or_not()
    {
        var token = Sign(Ada);
        await VerifyAsync(token);
        _time.Now += TimeSpan.FromMinutes(10);

        var exception = Assert.Throws<UnauthenticatedException>(() => _verifier.FindVerified($"Bearer {token}"));
        Assert.Equal("The token has expired.", exception.Message);
        await RefusedAsync(token);
    }

    [Fact]
    public async Task Verify_before_its_time_is_refused_but_for_a_clock_that_is_seconds_off()
    {
        Assert.Equal(Ada, await VerifyAsync(Sign(Claims() with { NotBefore = Seconds(4) })));
        await RefusedAsync(Sign(Claims() with { NotBefore = Seconds(6) }));
    }

    [Fact]
    public Task Verify_another_issuer_is_refused() => RefusedAsync(Sign(Claims() with { Issuer = "accounts.elsewhere" }));

    [Fact]
    public Task Verify_another_audience_is_refused() => RefusedAsync(Sign(Claims() with { Audience = "another-shop" }));

    [Theory]
    [InlineData("anyone")]
    [InlineData("Admin")]
    [InlineData("")]
    public Task Verify_a_role_that_no_token_gives_is_refused(string role) => RefusedAsync(Sign(Claims() with { RoleName = role }));

    [Fact]
    public Task Verify_nobody_in_particular_is_refused() => RefusedAsync(Sign(Claims() with { Subject = "" }));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public Task Verify_a_time_that_is_none_is_refused(long expires) => RefusedAsync(Sign(Claims() with { Expires = expires }));

    [Theory]
    [InlineData("""{"alg":"none","kid":"first"}""")]
    [InlineData("""{"alg":"HS256","kid":"first"}""")]
    [InlineData("""{"alg":"RS256","kid":"first"}""")]
    [InlineData("""{"alg":"ES384","kid":"first"}""")]
    [InlineData("""{"alg":"es256","kid":"first"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","kid":""}""")]
    [InlineData("""{"alg":"ES256","kid":null}""")]
    [InlineData("""{"alg":"ES256","kid":"first","kid":"first"}""")]
    [InlineData("""{"alg":"ES256","kid":"first","typ":"JOSE"}""")]
    [InlineData("""{"alg":"ES256","kid":"first","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","kid":"first","jwk":{}}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("ES256")]
    public Task Verify_another_header_is_refused(string header) => RefusedAsync(SignText(header, Encoding.UTF8.GetString(Claims().Write())));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":"booksforyou","sub":"s","role":"admin","iat":0,"nbf":0}""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":["booksforyou"],"sub":"s","role":"admin","iat":0,"nbf":0,"exp":99999999999}""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":"booksforyou","sub":"s","role":"admin","iat":0,"nbf":0,"exp":"99999999999"}""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":"booksforyou","sub":"s","role":"admin","iat":0,"nbf":0,"exp":99999999999,"exp":99999999999}""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":"booksforyou","sub":"s","role":"admin","iat":0,"nbf":0,"exp":99999999999,"admin":true}""")]
    [InlineData("""{"iss":"accounts.booksforyou","aud":"booksforyou","sub":null,"role":"admin","iat":0,"nbf":0,"exp":99999999999}""")]
    public Task Verify_other_claims_are_refused(string claims) => RefusedAsync(SignText("""{"alg":"ES256","kid":"first"}""", claims));

    // A token whose "secret" is the public key, for verifiers that take the algorithm's word for what a key is.
    [Fact]
    public async Task Verify_a_code_made_with_the_public_key_is_refused()
    {
        var key = _accounts.Signer.PublicKey;
        var signed = $"{Encode("""{"alg":"ES256","kid":"first"}"""u8)}.{Encode(Claims().Write())}";
        var code = HMACSHA256.HashData(key.X.Concat(key.Y).ToArray(), Encoding.ASCII.GetBytes(signed));

        await RefusedAsync($"{signed}.{Encode(code)}");
        await RefusedAsync($"{signed}.{Encode([.. code, .. code])}");
        await RefusedAsync($"{signed}.");
    }

    [Fact]
    public async Task Verify_the_signature_of_another_key_of_the_same_name_is_refused()
    {
        using var impostor = ScriptedAccounts.NewSigner("first");

        await RefusedAsync(impostor.Sign(Claims()));
    }

    [Fact]
    public async Task Verify_a_very_long_text_is_refused() => await RefusedAsync(Sign(Claims()) + new string('a', 10_000));

    [Fact]
    public async Task Verify_a_key_that_is_new_is_asked_for()
    {
        await VerifyAsync(Sign(Ada));
        _accounts.Signers.Insert(0, ScriptedAccounts.NewSigner("second"));
        _time.Now += TimeSpan.FromSeconds(3);

        Assert.Equal(Ada, await VerifyAsync(Sign(Ada)));
        Assert.Equal(2, _accounts.KeyCalls);
    }

    [Fact]
    public async Task Verify_made_up_keys_do_not_have_Accounts_asked_each_time()
    {
        using var impostor = ScriptedAccounts.NewSigner("made-up");
        for (var tries = 0; tries < 20; tries++)
        {
            await RefusedAsync(impostor.Sign(Claims() with { Subject = $"try {tries}" }));
        }

        Assert.Equal(1, _accounts.KeyCalls);
    }

    [Fact]
    public async Task Verify_with_a_key_that_is_gone_is_refused()
    {
        var token = Sign(Claims() with { Expires = Seconds(3600) });
        await VerifyAsync(token);
        _accounts.Signers.Insert(0, ScriptedAccounts.NewSigner("second"));
        _accounts.Signers.RemoveAt(1);
        _time.Now += TimeSpan.FromMinutes(5);

        Assert.Equal(Ada, await VerifyAsync(Sign(Ada)));
        Assert.Null(_verifier.FindVerified($"Bearer {token}"));
        await RefusedAsync(token);
    }

    [Fact]
    public async Task Verify_with_Accounts_away_goes_on_with_the_keys_that_are_known()
    {
        await VerifyAsync(Sign(Ada));
        _accounts.IsAway = true;
        _time.Now += TimeSpan.FromHours(1);

        Assert.Equal(Ada, await VerifyAsync(Sign(Ada)));
    }

    [Fact]
    public async Task Verify_with_Accounts_away_from_the_beginning_is_unavailable_until_it_is_there()
    {
        _accounts.IsAway = true;
        await Assert.ThrowsAsync<UnavailableException>(() => VerifyAsync(Sign(Ada)));
        _accounts.IsAway = false;
        _time.Now += TimeSpan.FromSeconds(3);

        Assert.Equal(Ada, await VerifyAsync(Sign(Ada)));
    }

    [Fact]
    public async Task Verify_many_at_once_ask_for_the_keys_once()
    {
        var tokens = Enumerable.Range(0, 50).Select(number => Sign(Ada with { Subject = $"account:{number}" })).ToList();

        var callers = await Task.WhenAll(tokens.Select(VerifyAsync));

        Assert.Equal(50, callers.Distinct().Count());
        Assert.Equal(1, _accounts.KeyCalls);
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private string Sign(ServiceKit.Security.Caller caller) => _accounts.Signer.Sign(caller, _time.Now, TimeSpan.FromMinutes(10)).Value;

    private string Sign(TokenClaims claims) => _accounts.Signer.Sign(claims);

    // With the right key: what is refused is refused for what it says.
    private string SignText(string header, string claims)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _accounts.Signers[0] = new TokenSigner("first", ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));
        return WebSignature.Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), key);
    }

    private TokenClaims Claims() => new()
    {
        Issuer = TokenClaims.StoreIssuer,
        Audience = TokenClaims.StoreAudience,
        Subject = Ada.Subject,
        RoleName = "customer",
        Name = Ada.Name,
        IssuedAt = Seconds(0),
        NotBefore = Seconds(0),
        Expires = Seconds(600),
    };

    private long Seconds(int fromNow) => _time.Now.ToUnixTimeSeconds() + fromNow;

    private Task<ServiceKit.Security.Caller> VerifyAsync(string token) => _verifier.VerifyAsync($"Bearer {token}", TestContext.Current.CancellationToken);

    private async Task RefusedAsync(string token)
    {
        var exception = await Assert.ThrowsAsync<UnauthenticatedException>(() => VerifyAsync(token));
        Assert.DoesNotContain(token, exception.ToString(), StringComparison.Ordinal);
    }

    private sealed class MovableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
