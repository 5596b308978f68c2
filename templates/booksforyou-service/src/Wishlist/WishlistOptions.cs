using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Wishlist;

/// <summary>The settings of the service, from the section <c>Wishlist</c>.</summary>
public sealed class WishlistOptions
{
    /// <summary>How many books a list holds: 1 to 1,000.</summary>
    [Description("How many books a list holds.")]
    [Range(1, 1000)]
    public int MostBooks { get; set; } = 100;
}
