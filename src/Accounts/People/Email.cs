namespace BooksForYou.Accounts.People;

/// <summary>How e-mail addresses are compared.</summary>
internal static class Email
{
    /// <summary>
    /// The address by which an account is found. The standard leaves it to each mail server whether the part before the @ has a case (RFC 5321, section
    /// 2.4); none that people use makes a difference.
    /// </summary>
    public static string Fold(string email) => email.Trim().ToLowerInvariant();
}
