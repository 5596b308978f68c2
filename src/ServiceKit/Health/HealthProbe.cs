using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.ServiceKit.Health;

/// <summary>Asks the instance that runs with the same settings on this machine for its health: what <c>--health</c> does, for containers,
/// whose images
/// have no other tool to ask with.</summary>
internal sealed class HealthProbe(SettingsCatalogue settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks, and writes the answer in a word.</summary>
    /// <returns>Whether the instance is ready.</returns>
    public async Task<bool> RunAsync(bool grpc, TextWriter output, CancellationToken cancellationToken)
    {
        var isReady = grpc ? await AskGrpcAsync(cancellationToken) : await AskHttpAsync(cancellationToken);
        await output.WriteLineAsync(isReady switch
        {
            true => "SERVING",
            false => "NOT_SERVING",
            null => "UNREACHABLE",
        });
        return isReady is true;
    }

    private async Task<bool?> AskGrpcAsync(CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(
            $"http://localhost:{settings.WholeNumber(HostingModule.GrpcPort.Name)}",
            new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
        try
        {
            var answer = await new Contracts.Health.V1.Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest { Service = HealthState.Readiness },
                deadline: DateTime.UtcNow + Timeout,
                cancellationToken: cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException)
        {
            return null;
        }
    }

    private async Task<bool?> AskHttpAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(
                new Uri($"http://localhost:{settings.WholeNumber(HostingModule.HttpPort.Name)}/healthz/ready"),
                cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
