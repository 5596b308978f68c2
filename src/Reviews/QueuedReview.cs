namespace BooksForYou.Reviews;

/// <summary>A review that an admin has to look at.</summary>
/// <param name="Review">The review.</param>
/// <param name="Reasons">What those said who have reported it since an admin last looked, the newest five.</param>
internal sealed record QueuedReview(Review Review, IReadOnlyList<string> Reasons);
