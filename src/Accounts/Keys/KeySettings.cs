using System.Globalization;

namespace BooksForYou.Accounts.Keys;

/// <summary>How signing keys are kept and changed.</summary>
/// <param name="Password">What private keys are encrypted with in the database; null for not at all.</param>
/// <param name="Life">How long a key signs.</param>
internal sealed record KeySettings(string? Password, TimeSpan Life)
{
    public const string PasswordSetting = "ACCOUNTS_KEY_PASSWORD";
    public const string DaysSetting = "ACCOUNTS_KEY_DAYS";
    public const string DefaultDays = "30";

    public static KeySettings Read(IConfiguration configuration) => new(
        configuration[PasswordSetting] is { Length: > 0 } password ? password : null,
        TimeSpan.FromDays(int.Parse(configuration[DaysSetting] ?? DefaultDays, CultureInfo.InvariantCulture)));

    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(KeySettings);
}
