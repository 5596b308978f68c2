using BooksForYou.Contracts.Health.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Tls;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.ServiceKit.Health;

/// <summary>Asks the instance that runs with the same settings on this machine for its health: what <c>--health</c> does, for containers,
/// whose images
/// have no other tool to ask with.</summary>
internal sealed class HealthProbe(SettingsCatalogue settings, ClientTls tls)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks, and writes the answer in a word.</summary>
    /// <returns>Whether the instance is ready.</returns>
    public async Task<bool> RunAsync(bool grpc, TextWriter output, CancellationToken cancellationToken)
    {
        var isReady = grpc || Listeners.ChooseHealthPort(settings) > 0 ? await AskGrpcAsync(cancellationToken) : await AskHttpAsync(cancellationToken);
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
        try
        {
            using var channel = OpenChannel();
            var answer = await new Contracts.Health.V1.Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest { Service = HealthState.Readiness },
                deadline: DateTime.UtcNow + Timeout,
                cancellationToken: cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (Exception exception) when (exception is RpcException or CertificateException)
        {
            return null;
        }
    }

    // The port for health checks needs no certificate. Without it the process's own is shown to the process.
    private GrpcChannel OpenChannel()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (Listeners.ChooseHealthPort(settings) is > 0 and var healthPort)
        {
            return GrpcChannel.ForAddress($"http://localhost:{healthPort}", new GrpcChannelOptions { HttpHandler = handler });
        }

        if (tls.IsOn)
        {
            handler.SslOptions = tls.OptionsFor("The process that runs", host: null);
        }

        var port = settings.WholeNumber(HostingModule.GrpcPort.Name);
        return GrpcChannel.ForAddress($"{(tls.IsOn ? "https" : "http")}://localhost:{port}", new GrpcChannelOptions { HttpHandler = handler });
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
