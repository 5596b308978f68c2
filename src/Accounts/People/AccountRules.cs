using BooksForYou.Accounts.Passwords;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts.People;

/// <summary>What e-mail addresses, names and passwords must be. No message repeats what was typed.</summary>
internal sealed class AccountRules(PasswordRules passwords)
{
    private const int MaxName = 100;

    /// <exception cref="InvalidArgumentException">Something cannot be.</exception>
    public void CheckRegistration(string email, string name, string password)
    {
        var violations = new List<FieldViolation>();
        if (!MailAddress.IsAddress(email))
        {
            violations.Add(new("email", "must be an e-mail address such as name@example.com"));
        }

        CheckName(violations, name);
        CheckPassword(violations, "password", password, email, name);
        ThrowIfAny(violations);
    }

    /// <exception cref="InvalidArgumentException">The name cannot be.</exception>
    public static void CheckName(string name)
    {
        var violations = new List<FieldViolation>();
        CheckName(violations, name);
        ThrowIfAny(violations);
    }

    /// <exception cref="InvalidArgumentException">The password cannot be.</exception>
    public void CheckNewPassword(string password, Account account)
    {
        var violations = new List<FieldViolation>();
        CheckPassword(violations, "new_password", password, account.Email, account.Name);
        ThrowIfAny(violations);
    }

    // Line and paragraph separators are line breaks to some who show or mail the text.
    private static void CheckName(List<FieldViolation> violations, string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName)
        {
            violations.Add(new("name", $"must have from 1 to {MaxName} characters"));
        }
        else if (name.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029'))
        {
            violations.Add(new("name", "must not have line breaks or other control characters"));
        }
    }

    private void CheckPassword(List<FieldViolation> violations, string field, string password, string email, string name)
    {
        if (passwords.ProblemWith(password, email, name) is { } problem)
        {
            violations.Add(new(field, problem));
        }
    }

    private static void ThrowIfAny(List<FieldViolation> violations)
    {
        if (violations.Count > 0)
        {
            throw new InvalidArgumentException([.. violations]);
        }
    }
}
