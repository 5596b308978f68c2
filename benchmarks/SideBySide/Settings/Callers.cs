using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using BooksForYou.Contracts.Unversioned;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.Settings;

/// <summary>Callers of Recommend that are gRPC clients of .NET, as the services of the store are to each other.</summary>
internal sealed class Callers : IDisposable
{
    private const int Connections = 4;
    private const int CallsAtOnce = 50;

    private static readonly RecommendationRequest Request = new() { UserId = 1, Category = BookCategory.Mystery, MaxResults = 3 };

    private readonly GrpcChannel[] _channels;

    private Callers(Func<GrpcChannel> channel) => _channels = [.. Enumerable.Range(0, Connections).Select(_ => channel())];

    /// <summary>Who speaks plain text.</summary>
    public static Callers Plain(int port) => new(() => GrpcChannel.ForAddress($"http://localhost:{port}"));

    /// <summary>Who has the certificate of Marketplace.</summary>
    /// <param name="port">The port of the store.</param>
    /// <param name="certificates">The folder that <c>deploy/certs/create</c> has made.</param>
    public static Callers Certified(int port, string certificates)
    {
        var own = X509Certificate2.CreateFromPemFile(
            Path.Combine(certificates, "marketplace", "tls.crt"), Path.Combine(certificates, "marketplace", "tls.key"));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(certificates, "ca.crt"));
        return new Callers(() => GrpcChannel.ForAddress($"https://localhost:{port}", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = trust,
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
                },
            },
        }));
    }

    /// <summary>Waits until the service answers with as many books as it is asked for.</summary>
    public async Task WaitForAnswerAsync(CancellationToken cancellation)
    {
        var client = new Recommendations.RecommendationsClient(_channels[0]);
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var response = await client.RecommendAsync(Request, cancellationToken: cancellation);
                if (response.Recommendations.Count == Request.MaxResults)
                {
                    return;
                }

                throw new InvalidOperationException($"Recommendations gave {response.Recommendations.Count} books.");
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable && limit.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        }
    }

    /// <summary>Calls, 50 at a time on each of 4 connections. An answer that is not OK breaks the measurement off.</summary>
    /// <returns>Calls a second.</returns>
    public async Task<double> CallAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            from channel in _channels
            from _ in Enumerable.Range(0, CallsAtOnce)
            select Task.Run(() => CallAgainAsync(new Recommendations.RecommendationsClient(channel), clock, duration, cancellation), cancellation));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }

    private static async Task<int> CallAgainAsync(
        Recommendations.RecommendationsClient client, Stopwatch clock, TimeSpan duration, CancellationToken cancellation)
    {
        var count = 0;
        while (clock.Elapsed < duration)
        {
            await client.RecommendAsync(Request, cancellationToken: cancellation);
            count++;
        }

        return count;
    }
}
