namespace BooksForYou.Accounts.Deletions;

/// <summary>The deletions after a position, oldest first, and whether these are all that there were.</summary>
internal sealed record DeletionPage(IReadOnlyList<DeletionEvent> Events, bool IsLast);
