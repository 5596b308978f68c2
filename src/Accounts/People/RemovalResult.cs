namespace BooksForYou.Accounts.People;

/// <summary>What became of the wish to delete an account.</summary>
internal enum RemovalResult
{
    Removed,
    Unknown,
    LastAdmin,
}
