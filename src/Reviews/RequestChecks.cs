using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Reviews;

/// <summary>What a request must be before anything is done for it.</summary>
internal static class RequestChecks
{
    private const int MaxTitleLength = 200;
    private const int MaxTextLength = 5000;
    private const int MaxReasonLength = 500;
    private const int MaxPageSize = 100;
    private const int MaxBooks = 100;

    /// <summary>Gives a text with a line feed for each line break; browsers send two characters.</summary>
    public static string LineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    public static void Book(int bookId) => Throw([.. BookNumber("book_id", bookId)]);

    public static void Books(IReadOnlyList<int> bookIds) => Throw(
    [
        .. bookIds.Count > MaxBooks ? new[] { new FieldViolation("book_ids", $"must be at most {MaxBooks}") } : [],
        .. bookIds.Take(MaxBooks).SelectMany((bookId, index) => BookNumber($"book_ids[{index}]", bookId)),
    ]);

    /// <summary>Checks a review; line breaks in it are to be line feeds.</summary>
    public static void Review(WriteReviewRequest request, string text) => Throw(
    [
        .. BookNumber("book_id", request.BookId),
        .. request.Stars is < 1 or > 5 ? new[] { new FieldViolation("stars", "must be 1 to 5") } : [],
        .. PlainText("title", request.Title, MaxTitleLength, mayBreakLines: false),
        .. PlainText("text", text, MaxTextLength, mayBreakLines: true),
    ]);

    public static void Reason(string reason) => Throw(
    [
        .. string.IsNullOrWhiteSpace(reason) ? new[] { new FieldViolation("reason", "must be given") } : [],
        .. PlainText("reason", reason, MaxReasonLength, mayBreakLines: true),
    ]);

    public static void Moderation(Contracts.Reviews.V1.ReviewState state) => Throw(
        state is Contracts.Reviews.V1.ReviewState.Visible or Contracts.Reviews.V1.ReviewState.Hidden
            ? []
            : [new FieldViolation("state", "must be VISIBLE or HIDDEN")]);

    /// <summary>How many rows a page has.</summary>
    public static int PageSize(int asked, int otherwise)
    {
        Throw(asked < 0 ? [new FieldViolation("page_size", "must not be negative")] : []);
        return asked == 0 ? otherwise : Math.Min(asked, MaxPageSize);
    }

    // Which books there are, the catalogue knows.
    private static FieldViolation[] BookNumber(string field, int bookId) =>
        bookId > 0 ? [] : [new FieldViolation(field, "must be the number of a book")];

    private static IEnumerable<FieldViolation> PlainText(string field, string text, int maxLength, bool mayBreakLines)
    {
        // A character is what Unicode calls one, as in the databases: an emoji is one, of two units of UTF-16.
        if (text.Length > maxLength && text.EnumerateRunes().Count() > maxLength)
        {
            yield return new FieldViolation(field, $"must have at most {maxLength} characters");
        }

        if (text.Any(character => char.IsControl(character) && !(mayBreakLines && character == '\n')))
        {
            yield return new FieldViolation(field, mayBreakLines ? "must have no control characters but line breaks" : "must have no control characters");
        }
    }

    private static void Throw(FieldViolation[] violations)
    {
        if (violations.Length > 0)
        {
            throw new InvalidArgumentException(violations);
        }
    }
}
