using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Recommendations;

/// <summary>The settings of the service, from the section <c>Recommendations</c>.</summary>
public sealed class RecommendationsOptions
{
    /// <summary>How often the catalogue is read anew from the database: from a second to a day.</summary>
    [Description("How often the catalogue is read anew from the database.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CatalogueRefresh { get; set; } = TimeSpan.FromMinutes(1);
}
