using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Recommendations;

/// <summary>The settings of the service, from the section <c>Recommendations</c>.</summary>
public sealed class RecommendationsOptions
{
    /// <summary>How long changes of the catalogue are gathered before it is read into memory anew: from 10 ms to a day.</summary>
    [Description("How long changes of the catalogue are gathered before it is read into memory anew.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan CatalogueRefresh { get; set; } = TimeSpan.FromSeconds(1);
}
