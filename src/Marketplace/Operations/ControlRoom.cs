using BooksForYou.Marketplace.Peers;
using BooksForYou.ServiceKit.Ops;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.Operations;

/// <summary>Asks every process of the store how it is doing. It goes by no other knowledge of who is away, and adds none.</summary>
internal sealed class ControlRoom(StoreReports reports, IOptions<MarketplaceOptions> options, TimeProvider clock)
{
    private static readonly string[] Services =
        [PeerNames.Accounts, PeerNames.Cart, "Inventory", PeerNames.Recommendations, PeerNames.Reviews, PeerNames.Transactions];

    /// <summary>How the store is doing now.</summary>
    public async Task<StoreView> LookAsync(CancellationToken cancellation) =>
        new(await reports.ReadAsync("Marketplace", Services, options.Value.OpsDeadline, cancellation), clock.GetUtcNow());
}
