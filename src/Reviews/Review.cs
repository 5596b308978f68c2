namespace BooksForYou.Reviews;

/// <summary>A review, as its row is.</summary>
internal sealed class Review
{
    /// <summary>The columns of a row.</summary>
    public const string Columns =
        """
        review_number AS Number, review_id AS Id, book_id AS BookId, reader_id AS ReaderId, reader_name AS ReaderName, stars AS Stars, title AS Title,
        text AS Text, state AS StateText, verified_purchase AS IsVerified, purchase_ask_at AS PurchaseAskAt, helpful_votes AS HelpfulVotes,
        open_reports AS OpenReports, waiting_since AS WaitingSince, created_at AS CreatedAt, edited_at AS EditedAt
        """;

    public long Number { get; init; }

    public string Id { get; init; } = "";

    public int BookId { get; init; }

    public string ReaderId { get; init; } = "";

    public string ReaderName { get; init; } = "";

    public int Stars { get; init; }

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public string StateText { get; init; } = "";

    public bool IsVerified { get; init; }

    public DateTimeOffset? PurchaseAskAt { get; init; }

    public int HelpfulVotes { get; init; }

    public int OpenReports { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    public ReviewState State => StateText switch
    {
        "VISIBLE" => ReviewState.Visible,
        "HELD" => ReviewState.Held,
        _ => ReviewState.Hidden,
    };

    /// <summary>The stars that count for the book's rating; 0 for none.</summary>
    public int VisibleStars => State == ReviewState.Visible ? Stars : 0;

    /// <summary>How the database spells a state.</summary>
    public static string Spell(ReviewState state) => state switch
    {
        ReviewState.Visible => "VISIBLE",
        ReviewState.Held => "HELD",
        ReviewState.Hidden => "HIDDEN",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
