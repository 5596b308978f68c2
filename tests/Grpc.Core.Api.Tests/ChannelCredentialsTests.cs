using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

public sealed class ChannelCredentialsTests
{
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

    [Fact]
    public void Insecure_tells_the_channel_so()
    {
        Assert.Equal("insecure", Describe(ChannelCredentials.Insecure));
        Assert.Same(ChannelCredentials.Insecure, ChannelCredentials.Insecure);
    }

    [Fact]
    public void SecureSsl_trusts_what_the_system_trusts()
    {
        var credentials = Assert.IsType<SslCredentials>(ChannelCredentials.SecureSsl);

        Assert.Null(credentials.RootCertificates);
        Assert.Null(credentials.KeyCertificatePair);
        Assert.Equal("ssl(, , )", Describe(credentials));
    }

    [Fact]
    public void SslCredentials_tells_the_channel_each_part()
    {
        var pair = new KeyCertificatePair("certificate", "key");

        Assert.Equal("ssl(, , )", Describe(new SslCredentials()));
        Assert.Equal("ssl(roots, , )", Describe(new SslCredentials("roots")));
        Assert.Equal("ssl(roots, certificate key, )", Describe(new SslCredentials("roots", pair)));
        Assert.Equal("ssl(, certificate key, verify)", Describe(new SslCredentials(null, pair, _ => true)));
        Assert.Same(pair, new SslCredentials("roots", pair).KeyCertificatePair);
        Assert.Equal("roots", new SslCredentials("roots").RootCertificates);
    }

    [Fact]
    public void KeyCertificatePair_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new KeyCertificatePair(null!, "key"));
        Assert.Throws<ArgumentNullException>(() => new KeyCertificatePair("certificate", null!));
    }

    [Fact]
    public void Create_with_ssl_tells_the_channel_both()
    {
        Assert.Equal("composite(SslCredentials, True)", Describe(ChannelCredentials.Create(ChannelCredentials.SecureSsl, Token)));
    }

    [Fact]
    public void Create_without_ssl_throws()
    {
        var composite = ChannelCredentials.Create(new SslCredentials(), Token);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, Token));
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(composite, Token));
    }

    [Fact]
    public void Create_null_throws()
    {
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(null!, Token));
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(ChannelCredentials.SecureSsl, null!));
    }

    private static string Describe(ChannelCredentials credentials)
    {
        var state = new object();
        var configurator = new DescribingConfigurator(state);
        credentials.InternalPopulateConfiguration(configurator, state);
        return configurator.Description;
    }

    private sealed class DescribingConfigurator(object expectedState) : ChannelCredentialsConfiguratorBase
    {
        public string Description { get; private set; } = "nothing";

        public override void SetInsecureCredentials(object state) => Describe(state, "insecure");

        public override void SetSslCredentials(
            object state,
            string? rootCertificates,
            KeyCertificatePair? keyCertificatePair,
            VerifyPeerCallback? verifyPeerCallback)
        {
            var pair = keyCertificatePair is null ? "" : $"{keyCertificatePair.CertificateChain} {keyCertificatePair.PrivateKey}";
            Describe(state, $"ssl({rootCertificates}, {pair}, {(verifyPeerCallback is null ? "" : "verify")})");
        }

        public override void SetCompositeCredentials(
            object state,
            ChannelCredentials channelCredentials,
            CallCredentials callCredentials) =>
            Describe(state, $"composite({channelCredentials.GetType().Name}, {callCredentials == Token})");

        private void Describe(object state, string description)
        {
            Assert.Same(expectedState, state);
            Assert.Equal("nothing", Description);
            Description = description;
        }
    }
}
