using System.Diagnostics.CodeAnalysis;
using BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>What a reader fills in to review a book.</summary>
internal sealed class ReviewForm
{
    public const int LongestTitle = 200;
    public const int LongestText = 5000;

    /// <summary>How many stars, 1 to 5; 0 when none is chosen.</summary>
    public int Stars { get; set; }

    [AllowNull]
    public string Title { get; set => field = Clean(value); } = "";

    [AllowNull]
    public string Text { get; set => field = Clean(value); } = "";

    /// <summary>The form filled in with what was written before.</summary>
    public static ReviewForm Of(Review review) => new() { Stars = review.Stars, Title = review.Title, Text = review.Text };

    /// <summary>What can be told to be wrong without asking anybody, by the names of the contract. The service has the last word.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Problems()
    {
        var problems = new List<KeyValuePair<string, string>>();
        if (Stars is < 1 or > Reviewing.Stars.Most)
        {
            problems.Add(new("stars", "are missing: choose from one to five"));
        }

        if (Title.Length > LongestTitle)
        {
            problems.Add(new("title", $"has more than {LongestTitle} characters"));
        }

        if (Text.Length > LongestText)
        {
            problems.Add(new("text", $"has more than {LongestText:N0} characters"));
        }

        return problems;
    }

    /// <summary>The review to be written.</summary>
    public WriteReviewRequest ToRequest(int bookId) => new() { BookId = bookId, Stars = Stars, Title = Title, Text = Text };

    // Browsers send lines with CR LF (HTML, section 4.10.21.4); that is one character of text.
    private static string Clean(string? text) => text?.ReplaceLineEndings("\n").Trim() ?? "";
}
