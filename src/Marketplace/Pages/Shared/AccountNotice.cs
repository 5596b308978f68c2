namespace BooksForYou.Marketplace.Pages;

/// <summary>What an account page says after something was done. Addresses hold the name of a notice only, so that nobody else can put words on the page.</summary>
internal static class AccountNotice
{
    public const string Saved = "saved";
    public const string Password = "password";
    public const string Mailed = "mailed";
    public const string Reset = "reset";
    public const string Deleted = "deleted";
    public const string Everywhere = "everywhere";
    public const string Welcome = "welcome";

    /// <summary>The words of a notice; null when there is none of that name.</summary>
    public static string? TextOf(string? notice) => notice switch
    {
        Saved => "Your account has been changed.",
        Password => "Your password has been changed. You are signed out everywhere else.",
        Mailed => "A mail with a link is on its way to you.",
        Reset => "Your new password is set, and you are signed out everywhere. Sign in with it.",
        Deleted => "Your account is deleted, and you are signed out. The books are still here, should you come back.",
        Everywhere => "You are signed out everywhere.",
        Welcome => "Welcome! A mail with a link to confirm your address is on its way to you.",
        _ => null,
    };
}
