using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Cart;

/// <summary>The settings of the service, from the section <c>Cart</c>.</summary>
public sealed class CartOptions
{
    /// <summary>How long Inventory may take to tell prices and stock before a basket is shown without: 0.05 to 30 seconds.</summary>
    [Description("How long Inventory may take to tell prices and stock before a basket is shown without.")]
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:00:30")]
    public TimeSpan CatalogueTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long Inventory may take to reserve, commit or release copies: 0.1 to 60 seconds.</summary>
    [Description("How long Inventory may take to reserve, commit or release copies.")]
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00")]
    public TimeSpan StockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long Transactions may take to charge a card or to pay money back: 0.1 to 60 seconds.</summary>
    [Description("How long Transactions may take to charge a card or to pay money back.")]
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00")]
    public TimeSpan PaymentTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a checkout waits for its answer before it says that it is not known yet: 0.1 to 120 seconds.</summary>
    [Description("How long a checkout waits for its answer before it says that it is not known yet.")]
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:02:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long copies are held back for a sale; whole seconds, from one minute to a day.</summary>
    [Description("How long copies are held back for a sale.")]
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ReservationTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a sale may go without a sign of life before another process carries it on: one second to five minutes.</summary>
    [Description("How long a sale may go without a sign of life before another process carries it on.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often sales that nobody works on are looked for: 0.05 to 60 seconds.</summary>
    [Description("How often sales that nobody works on are looked for.")]
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:01:00")]
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(1);
}
