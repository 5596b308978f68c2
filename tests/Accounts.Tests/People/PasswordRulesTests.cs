using BooksForYou.Accounts.Passwords;

namespace BooksForYou.Accounts.Tests.People;

public class PasswordRulesTests
{
    private readonly PasswordRules _rules = new();

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2024!")]
    [InlineData("P@ssw0rd12345")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiopas")]
    [InlineData("qwertyqwerty")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("iloveyouforever")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("LetMeInPlease!!")]
    [InlineData("zyxwvutsrqpo")]
    [InlineData("!!!!1234567890!!!!")]
    [InlineData("ada.lovelace@reader.example")]
    [InlineData("Ada.Lovelace1815")]
    [InlineData("adalovelaceadalovelace")]
    public void ProblemWith_password_that_is_tried_first_is_told(string password) =>
        Assert.NotNull(_rules.ProblemWith(password, "ada.lovelace@reader.example", "Ada Lovelace"));

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("elevenchars", "at least 12")]
    public void ProblemWith_short_password_is_told(string password, string problem) =>
        Assert.Contains(problem, _rules.ProblemWith(password, "", ""), StringComparison.Ordinal);

    [Fact]
    public void ProblemWith_long_password_is_told() => Assert.NotNull(_rules.ProblemWith(string.Concat(Enumerable.Range(0, 86).Select(n => $"{n:000}")), "", ""));

    [Theory]
    [InlineData("a long walk by the sea")]
    [InlineData("vG7#kQ2!pX9z")]
    [InlineData("müde Ziegen tanzen")]
    [InlineData("xkqj zvbw plmd")]
    public void ProblemWith_password_of_ones_own_is_none(string password) =>
        Assert.Null(_rules.ProblemWith(password, "ada@reader.example", "Ada"));
}
