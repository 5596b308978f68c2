using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Cart.Campaigns;

/// <summary>Looks for campaigns that nobody works on, and carries them on, one at a time. It runs in every process of the service.</summary>
internal sealed partial class CampaignWorker(
    [FromKeyedServices("Cart")] Database database,
    CampaignStore store,
    CampaignRunner runner,
    IOptions<CartOptions> options,
    ILogger<CampaignWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _started = new(0);

    /// <summary>Has the worker look at once, since a campaign was started here.</summary>
    public void Wake() => _started.Release();

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _started.Dispose();
    }

    /// <summary>Works on campaigns until there is none to be taken over.</summary>
    public async Task WorkOffAsync(CancellationToken cancellationToken)
    {
        while (await store.TakeStaleAsync(cancellationToken) is { } campaign)
        {
            using var span = TraceParent.Continue(campaign.Trace, "carry on campaign");
            await runner.RunAsync(campaign, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.Prepared.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                await WorkOffAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await _started.WaitAsync(options.Value.RecoveryInterval, stoppingToken);
        }
    }

    [LoggerMessage(EventName = "CampaignsFailed", Level = LogLevel.Error, Message = "Campaigns could not be carried on; trying again")]
    private partial void LogFailed(Exception exception);
}
