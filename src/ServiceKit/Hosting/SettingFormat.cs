using System.Globalization;
using BooksForYou.ServiceKit.Clients;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Which values a setting takes, and how an error message says so.</summary>
public sealed class SettingFormat
{
    private readonly Predicate<string> _isValid;

    /// <summary>Makes a format.</summary>
    /// <param name="accepts">What the setting takes, to end the sentence "it takes …": "a whole number from 1 to 10".</param>
    /// <param name="isValid">Whether it takes a value. Never given an empty value.</param>
    public SettingFormat(string accepts, Predicate<string> isValid)
    {
        Accepts = accepts;
        _isValid = isValid;
    }

    /// <summary>Any text.</summary>
    public static SettingFormat Text { get; } = new("text", _ => true);

    /// <summary>A TCP port, 0 to 65535; 0 lets the system choose a free one.</summary>
    public static SettingFormat Port { get; } =
        new("a port from 0 (any free one) to 65535", value => IsWholeNumber(value, 0, ushort.MaxValue));

    /// <summary>The address of a peer: <c>host</c> or <c>host:port</c>, an IPv6 address in brackets.</summary>
    public static SettingFormat Address { get; } =
        new("host or host:port, with an IPv6 address in brackets such as [::1]:50051", value => PeerAddress.TryParse(value, out _));

    /// <summary>An IP address, IPv4 or IPv6.</summary>
    public static SettingFormat IpAddress { get; } =
        new("an IP address such as 127.0.0.1 or ::1", value => System.Net.IPAddress.TryParse(value, out _));

    /// <summary>What the setting takes, to end the sentence "it takes …".</summary>
    public string Accepts { get; }

    /// <summary>A whole number in a range.</summary>
    /// <param name="minimum">The smallest number taken.</param>
    /// <param name="maximum">The greatest number taken.</param>
    /// <returns>The format.</returns>
    public static SettingFormat WholeNumber(int minimum, int maximum) =>
        new($"a whole number from {minimum} to {maximum}", value => IsWholeNumber(value, minimum, maximum));

    /// <summary>A time in seconds, with a fraction if need be.</summary>
    /// <param name="minimum">The shortest time taken, in seconds.</param>
    /// <param name="maximum">The longest time taken, in seconds.</param>
    /// <returns>The format.</returns>
    public static SettingFormat Seconds(double minimum, double maximum) => new(
        string.Create(CultureInfo.InvariantCulture, $"seconds, from {minimum} to {maximum}"),
        value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum);

    /// <summary>One of a few words, in any case.</summary>
    /// <param name="words">The words.</param>
    /// <returns>The format.</returns>
    public static SettingFormat OneOf(params string[] words) =>
        new($"one of {string.Join(", ", words)}", value => words.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the setting takes a value.</summary>
    /// <param name="value">The value, not empty.</param>
    /// <returns>Whether it does.</returns>
    public bool IsValid(string value) => _isValid(value);

    private static bool IsWholeNumber(string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= minimum && number <= maximum;
}
