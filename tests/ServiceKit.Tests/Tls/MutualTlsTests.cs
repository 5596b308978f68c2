using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.ServiceKit.Tests.Tls;

/// <summary>A real process that asks callers for a certificate, and who is let in.</summary>
public sealed class MutualTlsTests(MutualTlsTests.Sample sample) : IClassFixture<MutualTlsTests.Sample>
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Call_with_a_certificate_of_the_authority_is_answered(SslProtocols version)
    {
        using var channel = SecureFolder.OpenChannel(sample.Port, sample.Certificate, version);

        var answer = await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage { Text = "hello" });

        Assert.Equal("hello", answer.Text);
    }

    [Fact]
    public async Task Call_with_a_certificate_without_alternative_names_is_answered()
    {
        using var certificate = sample.Folder.Authority.Issue("marketplace", []);
        using var channel = SecureFolder.OpenChannel(sample.Port, certificate);

        Assert.Equal("old", (await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage { Text = "old" })).Text);
    }

    [Fact]
    public async Task Call_without_a_certificate_is_refused_and_the_log_says_so() =>
        await RefusedAsync(null, "it has shown no certificate");

    [Fact]
    public async Task Call_with_a_certificate_of_another_authority_is_refused_and_the_log_names_it()
    {
        using var certificate = sample.Folder.OtherAuthority.Issue("cart", ["cart"]);

        await RefusedAsync(certificate, "its certificate (CN=cart) comes from another authority (CN=other of a test) than those of TLS_CA");
    }

    [Fact]
    public async Task Call_with_an_expired_certificate_is_refused_and_the_log_says_since_when()
    {
        using var certificate = sample.Folder.Authority.Issue("cart", ["cart"], DateTimeOffset.UtcNow.AddDays(-1));

        await RefusedAsync(certificate, "its certificate (CN=cart) expired on ");
    }

    [Fact]
    public async Task Call_with_a_certificate_for_servers_only_is_refused_and_the_log_says_so()
    {
        using var certificate = sample.Folder.Authority.Issue("cart", ["cart"], use: TestAuthority.ServerUse);

        await RefusedAsync(certificate, "its certificate (CN=cart) is not for clients");
    }

    [Fact]
    public async Task Call_in_plain_text_is_refused_and_the_log_says_so()
    {
        using var channel = GrpcChannel.ForAddress($"http://localhost:{sample.Port}");

        await RefusedOnAsync(channel, "it speaks plain text on a port that is encrypted. Is TLS_CERT set for it?");
    }

    [Fact]
    public async Task Health_port_answers_health_checks_without_a_certificate_and_nothing_else()
    {
        using var channel = GrpcChannel.ForAddress($"http://localhost:{sample.HealthPort}");

        var health = await new Contracts.Health.V1.Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage()));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Health_on_the_command_line_asks_with_and_without_the_port_for_it(bool hasHealthPort)
    {
        await using var probe = SampleProcess.Start(
            ["--health", "--grpc-port", $"{sample.Port}", .. sample.Settings(hasHealthPort ? sample.HealthPort : 0)]);

        var (exitCode, output, _) = await probe.WaitForExitAsync();

        Assert.Equal((0, "SERVING"), (exitCode, output));
    }

    private async Task RefusedAsync(X509Certificate2? certificate, string reason)
    {
        using var channel = SecureFolder.OpenChannel(sample.Port, certificate);
        await RefusedOnAsync(channel, reason);
    }

    private async Task RefusedOnAsync(GrpcChannel channel, string reason)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage()));

        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal, exception.Status.ToString());
        string? logged;
        do
        {
            logged = (await sample.Process.WaitForAsync("ClientRefused")).GetProperty("Reason").GetString();
        }
        while (!logged!.StartsWith(reason, StringComparison.Ordinal));
    }

    /// <summary>The process, started once.</summary>
    public sealed class Sample : IAsyncLifetime
    {
        internal SecureFolder Folder { get; } = new();

        internal X509Certificate2 Certificate { get; private set; } = null!;

        internal SampleProcess Process { get; private set; } = null!;

        internal int Port => Process.GrpcPort;

        internal int HealthPort { get; } = FreePort.Next();

        public async ValueTask InitializeAsync()
        {
            Certificate = Folder.Authority.Issue("sample", ["sample", "localhost"]);
            Process = await SampleProcess.ServeAsync(Settings(HealthPort));
        }

        internal string[] Settings(int healthPort) => [.. Folder.Settings(Certificate, "sample", healthPort), "--tls-client-cert", "require"];

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            Certificate.Dispose();
            Folder.Dispose();
        }
    }
}
