using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.ServiceKit.SampleHost;

/// <summary>Options of every kind.</summary>
public sealed class SampleOptions : IValidatableObject
{
    /// <summary>Books on a page.</summary>
    [Description("Books on a page.")]
    [Range(1, 100)]
    public int PageSize { get; set; } = 20;

    /// <summary>How long a price is kept.</summary>
    [Description("How long a price is kept.")]
    public TimeSpan PriceAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Password of the till.</summary>
    [Description("Password of the till.")]
    [DataType(DataType.Password)]
    [MinLength(8)]
    public string TillPassword { get; set; } = "not secret";

    /// <summary>First book shown.</summary>
    public int First { get; set; } = 1;

    /// <summary>Last book shown.</summary>
    public int Last { get; set; } = 10;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (First > Last)
        {
            yield return new ValidationResult("the first book comes after the last.", [nameof(First)]);
        }
    }
}
