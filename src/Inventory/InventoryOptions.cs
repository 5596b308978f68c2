using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Inventory;

/// <summary>The settings of the service, from the section <c>Inventory</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Whether a new catalogue opens with the books that come with the store.</summary>
    [Description("Whether a new catalogue opens with the books that come with the store.")]
    public bool Seed { get; set; } = true;

    /// <summary>How often reservations that have expired are looked for: from 50 ms to an hour.</summary>
    [Description("How often reservations that have expired are looked for.")]
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan ReservationSweep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the feed looks for changes that another process made: from 50 ms to an hour.</summary>
    [Description("How often the feed looks for changes that another process made.")]
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan FeedPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the best-selling books, which search looks at first, are read anew: from a second to a day.</summary>
    [Description("How often the best-selling books, which search looks at first, are read anew.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BestSellersRefresh { get; set; } = TimeSpan.FromMinutes(1);
}
