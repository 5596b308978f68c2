using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BooksForYou.Reviews;

/// <summary>The settings of the service, from the section <c>Reviews</c>.</summary>
public sealed class ReviewsOptions : IValidatableObject
{
    /// <summary>How long Transactions may take to tell whether a reader has bought the book, before it is asked later: 0.05 to 10 seconds.</summary>
    [Description("How long Transactions may take to tell whether a reader has bought the book, before the review is written and it is asked later.")]
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:00:10")]
    public TimeSpan PurchaseTimeout { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often Transactions is asked about purchases that it could not tell of before: 0.05 seconds to an hour.</summary>
    [Description("How often Transactions is asked about purchases that it could not tell of before.")]
    [Range(typeof(TimeSpan), "00:00:00.0500000", "01:00:00")]
    public TimeSpan PurchaseInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the feed looks for changes that another process made: 0.01 to 60 seconds.</summary>
    [Description("How often the feed looks for changes that another process made.")]
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan FeedPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A file with more words that hold a review back, one a line; empty for none.</summary>
    [Description("File with more words that hold a review back until an admin has looked, one a line; # begins a comment.")]
    public string WordFile { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WordFile.Length > 0 && !File.Exists(WordFile))
        {
            yield return new ValidationResult("takes the path of a file that can be read.", [nameof(WordFile)]);
        }
    }
}
