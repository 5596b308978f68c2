using BooksForYou.ServiceKit.Storage;

namespace BooksForYou.Accounts.Deletions;

/// <summary>An account was deleted.</summary>
internal sealed record DeletionEvent(FeedPosition Position, string AccountId, string Trace);
