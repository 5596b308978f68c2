namespace BooksForYou.Marketplace.Operations;

/// <summary>What a service has served within the last hour, over all its processes.</summary>
/// <param name="Name">The service.</param>
/// <param name="Total">All of it.</param>
/// <param name="Lines">RPC by RPC, or route by route: the busiest first.</param>
internal sealed record ServicePanel(string Name, Traffic Total, IReadOnlyList<(string Name, bool IsStream, Traffic Traffic)> Lines)
{
    /// <summary>The name as an id of the page.</summary>
    public string Id => Name.ToLowerInvariant().Replace(' ', '-');

    /// <summary>Requests a second.</summary>
    public HourChart RequestChart { get; } = HourChart.OfRequests(Name, Total);

    /// <summary>How long they took.</summary>
    public HourChart LatencyChart { get; } = HourChart.OfLatencies(Name, Total);
}
