using BooksForYou.ServiceKit.Hosting;

namespace BooksForYou.TestGateway;

/// <summary>Runs the gateway inside another process, and tells that process's configuration where it is.</summary>
internal sealed partial class TestGatewayHost(IConfiguration configuration, TestGatewayOptions options, ILoggerFactory loggers, ILogger<TestGatewayHost> logger)
    : IHostedService, IAsyncDisposable
{
    private TestGatewayServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await TestGatewayServer.StartAsync(options, loggers, cancellationToken);
        configuration[TestGatewayModule.AddressSetting] = _server.Address.ToString();
        LogStarted(logger, _server.Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not in StopAsync: what is being paid while the process drains still needs the gateway.
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(EventName = "TestGatewayStarted", Level = LogLevel.Information, Message = "The test payment gateway, which moves no money, listens on {Address}")]
    private static partial void LogStarted(ILogger logger, Uri address);
}
