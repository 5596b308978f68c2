namespace BooksForYou.Accounts.Passwords;

/// <summary>Whether a password is that of a hash.</summary>
internal enum PasswordMatch
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>It is, and the hash was made with fewer iterations than are asked for today.</summary>
    Outdated,

    /// <summary>It is.</summary>
    Full,
}
