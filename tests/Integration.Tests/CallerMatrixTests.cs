using System.Security.Cryptography.X509Certificates;
using BooksForYou.Contracts.Unversioned;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.Integration.Tests;

/// <summary>Every RPC, called under mutual TLS with the certificate of every service: what is expected is the column "Called by" of docs/security.md.</summary>
public sealed class CallerMatrixTests(CallerMatrixTests.SecureStore secure) : IClassFixture<CallerMatrixTests.SecureStore>
{
    private const string Refusal = "This is not for the service that calls.";

    [Theory, MemberData(nameof(AnyRpc.Rows), MemberType = typeof(AnyRpc))]
    public async Task Call_by_every_service_is_let_in_as_the_table_says(string rpc)
    {
        var method = AnyRpc.Named(rpc);
        var column = AnyRpc.RowOf(rpc)[6].Split(", ");

        var seen = await Task.WhenAll(secure.Channels.Select(async entry => (entry.Key, IsLetIn: await IsLetInAsync(entry.Value, method))));

        // The store runs in one process here, whose own name is let in everywhere: it calls itself.
        string[] expected = [.. Certificates.Services.Where(service =>
            service == "all-in-one" || column.Contains("anyone") || column.Contains(service, StringComparer.OrdinalIgnoreCase)).Order()];
        Assert.Equal(expected, seen.Where(entry => entry.IsLetIn).Select(entry => entry.Key).Order());
    }

    [Fact]
    public async Task Recommend_by_a_client_whose_certificate_has_a_CN_and_no_SAN_is_answered()
    {
        using var certificate = secure.Authority.Issue("marketplace", [], use: TestAuthority.ClientUse);
        using var channel = secure.OpenChannel(certificate);

        var answer = await new Recommendations.RecommendationsClient(channel).RecommendAsync(
            new RecommendationRequest { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 });

        Assert.Equal(3, answer.Recommendations.Count);
    }

    [Fact]
    public async Task Recommend_by_a_service_that_may_not_is_denied_and_the_log_names_it()
    {
        using var certificate = secure.Authority.Issue("reviews", []);
        using var channel = secure.OpenChannel(certificate);

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Recommendations.RecommendationsClient(channel).RecommendAsync(new RecommendationRequest { MaxResults = 1 }));

        Assert.Equal((StatusCode.PermissionDenied, Refusal), (exception.StatusCode, exception.Status.Detail));
        await secure.Store["AllInOne"].WaitForOutputAsync("reviews may not call /Recommendations/Recommend, which is for Marketplace");
    }

    private static async Task<bool> IsLetInAsync(GrpcChannel channel, Google.Protobuf.Reflection.MethodDescriptor method)
    {
        try
        {
            await AnyRpc.CallAsync(
                channel.CreateCallInvoker(), method, new CallOptions(null, DateTime.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken));
            return true;
        }
        catch (RpcException exception) when (exception.Status.Detail == Refusal)
        {
            Assert.Equal(StatusCode.PermissionDenied, exception.StatusCode);
            return false;
        }
        catch (RpcException exception) when (exception.StatusCode is not (StatusCode.Unavailable or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.DeadlineExceeded))
        {
            // The call has no token, and an empty request: that it is refused for these is another matter.
            return true;
        }
    }

    /// <summary>The store in one process, which asks for certificates.</summary>
    public sealed class SecureStore : IAsyncLifetime
    {
        private readonly Certificates _certificates = new();

        internal Store Store { get; private set; } = null!;

        internal TestAuthority Authority { get; private set; } = null!;

        internal Dictionary<string, GrpcChannel> Channels { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await _certificates.CreateAsync();
            Authority = TestAuthority.Open(_certificates.Root);
            Store = await Store.StartAllInOneAsync(
                "--tls-cert", $"{_certificates.Root}/all-in-one/tls.crt",
                "--tls-key", $"{_certificates.Root}/all-in-one/tls.key",
                "--tls-ca", $"{_certificates.Root}/ca.crt",
                "--tls-client-cert", "require",
                "--health-port", "0");
            foreach (var service in Certificates.Services)
            {
                Channels[service] = OpenChannel(_certificates.Of(service));
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var channel in Channels.Values)
            {
                channel.Dispose();
            }

            await Store.DisposeAsync();
            Authority.Dispose();
            _certificates.Dispose();
        }

        internal GrpcChannel OpenChannel(X509Certificate2 certificate) => _certificates.OpenChannel(Store.AddressOf("Accounts"), certificate);
    }
}
