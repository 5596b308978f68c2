using System.Data.Common;
using BooksForYou.ServiceKit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BooksForYou.Inventory.Stock;

/// <summary>Puts the copies of expired reservations back. Every replica does so; they pass over what another one is at.</summary>
internal sealed partial class ReservationSweep(
    Reservations reservations,
    [FromKeyedServices("Inventory")] Database database,
    IOptions<InventoryOptions> options,
    TimeProvider time,
    ILogger<ReservationSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.Prepared.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.ReservationSweep, time);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var expired = await reservations.ExpireAsync(stoppingToken);
                failing = false;
                if (expired > 0)
                {
                    LogExpired(expired);
                }
            }
            catch (Exception exception) when (exception is DbException or DatabaseUnavailableException or IOException)
            {
                if (!failing)
                {
                    LogFailed(exception.Message);
                }

                failing = true;
            }
        }
    }

    [LoggerMessage(EventName = "ReservationsExpired", Level = LogLevel.Information, Message = "{Reservations} reservations have expired; their copies are back")]
    private partial void LogExpired(int reservations);

    [LoggerMessage(EventName = "ReservationSweepFailed", Level = LogLevel.Warning, Message = "Expired reservations cannot be looked for: {Reason}")]
    private partial void LogFailed(string reason);
}
