using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Caller = BooksForYou.ServiceKit.Tests.Clients.Caller;

namespace BooksForYou.ServiceKit.Tests.Tls;

/// <summary>Which servers the clients of the kit believe.</summary>
public sealed class ServerIdentityTests : IDisposable
{
    private static readonly HostLookup Here = Caller.Lookup(() => [IPAddress.Loopback]);

    private readonly SecureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Call_by_name_is_checked_against_the_name_and_not_its_address()
    {
        using var certificate = _folder.Authority.Issue("x", ["sample"]);

        Assert.Equal("hello", await CallAsync(certificate, "sample"));
    }

    [Fact]
    public async Task Call_by_address_is_checked_against_the_address()
    {
        using var certificate = _folder.Authority.Issue("x", ["127.0.0.1"]);

        Assert.Equal("hello", await CallAsync(certificate, "127.0.0.1"));
    }

    [Fact]
    public async Task Call_of_a_server_with_only_a_CN_is_refused_and_says_so()
    {
        using var certificate = _folder.Authority.Issue("sample", []);

        Assert.Contains(
            "its certificate names the server in the CN only (sample), which is not looked at: it needs a subject alternative name (SAN) for sample",
            await CallAsync(certificate, "sample"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_of_a_server_with_another_name_is_refused_and_says_so()
    {
        using var certificate = _folder.Authority.Issue("x", ["cart", "127.0.0.1"]);

        Assert.Contains("its certificate is for cart, 127.0.0.1, not for sample", await CallAsync(certificate, "sample"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_of_a_server_of_another_authority_is_refused_and_says_so()
    {
        using var certificate = _folder.OtherAuthority.Issue("x", ["sample"]);

        Assert.Contains("comes from another authority (CN=other of a test)", await CallAsync(certificate, "sample"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_of_a_server_whose_certificate_has_expired_is_refused_and_says_so()
    {
        using var certificate = _folder.Authority.Issue("x", ["sample"], DateTimeOffset.UtcNow.AddDays(-1));

        Assert.Contains("expired on", await CallAsync(certificate, "sample"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_of_a_server_that_never_shakes_hands_finds_no_connection()
    {
        // Accepts connections, by way of the system, and never says a word.
        using var hung = new TcpListener(IPAddress.Loopback, 0);
        hung.Start();
        using var own = _folder.Authority.Issue("caller", []);
        await using var caller = Caller.Of($"sample:{((IPEndPoint)hung.LocalEndpoint).Port}", Here, _folder.Settings(own, "caller"));

        var exception = await caller.FailAsync(client => client.WriteAsync(new SampleMessage()));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("could not be made in time", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_of_a_service_of_the_same_process_needs_no_name_for_it()
    {
        using var certificate = _folder.Authority.Issue("books", ["books.example"]);
        await using var application = await TestApplication.StartSampleAsync(
            builder => builder.AddClient<SampleService.SampleServiceClient>("Sample"),
            [.. _folder.Settings(certificate, "all"), "--tls-client-cert", "require"]);

        var answer = await application.Services.GetRequiredService<SampleService.SampleServiceClient>().ReadAsync(new SampleMessage { Text = "self" });

        Assert.Equal("self", answer.Text);
    }

    // What the call answers, or what it says when it fails.
    private async Task<string> CallAsync(X509Certificate2 certificate, string host)
    {
        await using var server = await TestApplication.StartSampleAsync(null, _folder.Settings(certificate, "server"));
        using var own = _folder.Authority.Issue("caller", []);
        await using var caller = Caller.Of($"{host}:{server.GrpcAddress.Port}", Here, _folder.Settings(own, "caller"));
        try
        {
            return (await caller.Client.ReadAsync(new SampleMessage { Text = "hello" })).Text;
        }
        catch (RpcException exception)
        {
            Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
            return exception.Status.Detail;
        }
    }
}
