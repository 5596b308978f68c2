using BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>What the page of a book says after something was done with a review. Addresses hold the name of a notice only, so that nobody else can put words on the page.</summary>
internal static class ReviewNotice
{
    public const string Saved = "review-saved";
    public const string Held = "review-held";
    public const string Hidden = "review-hidden";
    public const string Deleted = "review-deleted";
    public const string Helpful = "helpful";
    public const string NotHelpful = "helpful-undone";
    public const string NotCounted = "not-counted";
    public const string Reported = "reported";
    public const string NotSaved = "review-not-saved";

    /// <summary>The words of a notice; null when there is none of that name.</summary>
    public static string? TextOf(string? notice) => notice switch
    {
        Saved => "Thank you. Your review is on the page.",
        Held => "Thank you. Somebody of the shop reads your review before it is shown to everybody.",
        Hidden => "Your review is saved. It stays hidden until somebody of the shop has looked at it again.",
        Deleted => "Your review is deleted.",
        Helpful => "Thank you. Your vote is counted.",
        NotHelpful => "Your vote is taken back.",
        NotCounted => "That vote could not be counted: the review is gone, or it is your own.",
        Reported => "Thank you. Somebody of the shop will look at that review.",
        NotSaved => "We could not reach our reviews. Nothing was changed; please try again.",
        _ => null,
    };

    /// <summary>What to say after a review was written.</summary>
    public static string Of(Review review) => review.State switch
    {
        ReviewState.Held => Held,
        ReviewState.Hidden => Hidden,
        _ => Saved,
    };
}
