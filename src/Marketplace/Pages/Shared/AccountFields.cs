namespace BooksForYou.Marketplace.Pages;

/// <summary>The fields of the account pages, and what can be told of them without asking anybody. No page ever fills in a password.</summary>
internal static class AccountFields
{
    public const string Email = "email";
    public const string Name = "name";
    public const string Password = "password";
    public const string NewPassword = "newPassword";

    private const int LongestEmail = 254;
    private const int LongestName = 100;
    private const int ShortestPassword = 12;
    private const int LongestPassword = 256;

    /// <summary>The address of an account.</summary>
    public static FormField EmailField(string value, FormProblems problems) =>
        new(Email, "E-mail address", value, problems) { Type = "email", Longest = LongestEmail, Autocomplete = "username" };

    /// <summary>The name that the owner goes by.</summary>
    public static FormField NameField(string value, FormProblems problems) =>
        new(Name, "Name", value, problems) { Longest = LongestName, Autocomplete = "name", Hint = "It stands beside the reviews that you write." };

    /// <summary>The password that the account has.</summary>
    public static FormField PasswordField(string label, FormProblems problems) =>
        new(Password, label, "", problems) { Type = "password", Longest = LongestPassword, Autocomplete = "current-password" };

    /// <summary>The password that the account is to have.</summary>
    public static FormField NewPasswordField(string label, FormProblems problems) => new(NewPassword, label, "", problems)
    {
        Type = "password",
        Longest = LongestPassword,
        Autocomplete = "new-password",
        Hint = "12 characters or more. A few words that only you would put together are best.",
    };

    /// <summary>Notes what is wrong with an address.</summary>
    public static void CheckEmail(FormProblems problems, string email)
    {
        if (email.Length == 0)
        {
            problems.Add(Email, "The e-mail address is missing.");
        }
        else if (email.Length > LongestEmail || email.IndexOf('@', StringComparison.Ordinal) < 1)
        {
            problems.Add(Email, "The e-mail address needs an @, as in name@example.com.");
        }
    }

    /// <summary>Notes what is wrong with a name.</summary>
    public static void CheckName(FormProblems problems, string name)
    {
        if (name.Length is 0 or > LongestName)
        {
            problems.Add(Name, name.Length == 0 ? "The name is missing." : $"The name has more than {LongestName} characters.");
        }
    }

    /// <summary>Notes that a password is missing.</summary>
    public static void CheckPassword(FormProblems problems, string password)
    {
        if (password.Length is 0 or > LongestPassword)
        {
            problems.Add(Password, "The password is missing.");
        }
    }

    /// <summary>Notes what is wrong with a password that an account is to have.</summary>
    public static void CheckNewPassword(FormProblems problems, string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            problems.Add(NewPassword, $"The new password needs from {ShortestPassword} to {LongestPassword} characters.");
        }
    }
}
