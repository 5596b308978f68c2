using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>A parameter of a recorded statement: the same in every sale, or made anew for each.</summary>
internal sealed partial class SaleValue
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    private readonly Func<ReplayedSale, object> _make;

    private SaleValue(Func<ReplayedSale, object> make) => _make = make;

    /// <summary>Finds out what a value is by what it was in two sales.</summary>
    public static SaleValue Of(string? first, string? second, SaleRecording recording)
    {
        if (first is null || first == second)
        {
            var constant = Typed(first);
            return new SaleValue(_ => constant);
        }

        if (Timestamp().IsMatch(first))
        {
            var after = Time(first) - recording.Begun;
            return new SaleValue(sale => sale.Begun + after);
        }

        if (Guid.TryParseExact(first, "D", out _))
        {
            return new SaleValue(sale => sale.Own(first, _ => Guid.NewGuid()));
        }

        if (first.StartsWith(@"\x", StringComparison.Ordinal))
        {
            return Bytes(Convert.FromHexString(first[2..]), recording.Visit);
        }

        return IsNumbers().IsMatch(first) ? Numbers(first, recording.Visit) : Text(first, recording.Visit);
    }

    public NpgsqlParameter For(ReplayedSale sale) => new() { Value = _make(sale) };

    public static DateTime Time(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public static bool IsTime(string? text) => text is not null && Timestamp().IsMatch(text);

    /// <summary>Puts the books of one visit in the place of those of another.</summary>
    public static string WithBooks(string text, Visit recorded, Visit visit) => Number().Replace(text, number =>
        number.Value == Plain(recorded.FirstBook) ? Plain(visit.FirstBook)
        : number.Value == Plain(recorded.SecondBook) ? Plain(visit.SecondBook)
        : number.Value);

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static SaleValue Numbers(string text, Visit recorded) => new(sale => Typed(WithBooks(text, recorded, sale.Visit)));

    // Visitor, key and order are known; other texts that look like tokens are made up, and anything else, such as a title, stays.
    private static SaleValue Text(string text, Visit recorded)
    {
        if (text.Contains(recorded.Key, StringComparison.Ordinal) || text == recorded.VisitorId)
        {
            return new SaleValue(sale => text
                .Replace(recorded.Key, sale.Visit.Key, StringComparison.Ordinal)
                .Replace(recorded.VisitorId, sale.Visit.VisitorId, StringComparison.Ordinal));
        }

        return Token().IsMatch(text) ? new SaleValue(sale => sale.Own(text, Shuffle)) : new SaleValue(_ => text);
    }

    // The stored answers name the order.
    private static SaleValue Bytes(byte[] bytes, Visit recorded)
    {
        var order = Encoding.ASCII.GetBytes(recorded.OrderId);
        var at = bytes.AsSpan().IndexOf(order);
        return new SaleValue(sale =>
        {
            if (at < 0)
            {
                return bytes;
            }

            var own = (byte[])bytes.Clone();
            Encoding.ASCII.GetBytes((string)sale.Own(recorded.OrderId, Shuffle)).CopyTo(own, at);
            return own;
        });
    }

    private static object Shuffle(string token) => string.Create(token.Length, token, (own, original) =>
    {
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = original[i] switch
            {
                >= '0' and <= '9' => Digits[RandomNumberGenerator.GetInt32(Digits.Length)],
                >= 'a' and <= 'z' => Letters[RandomNumberGenerator.GetInt32(Letters.Length)],
                >= 'A' and <= 'Z' => char.ToUpperInvariant(Letters[RandomNumberGenerator.GetInt32(Letters.Length)]),
                var other => other,
            };
        }
    });

    // The log has text only. PostgreSQL takes a number where a text is wanted, but not the other way round.
    private static object Typed(string? text) => text switch
    {
        null => DBNull.Value,
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ when IntegerArray().IsMatch(text) =>
            text[1..^1].Split(',').Select(item => int.Parse(item, CultureInfo.InvariantCulture)).ToArray(),
        _ when text.StartsWith(@"\x", StringComparison.Ordinal) => Convert.FromHexString(text[2..]),
        _ when Timestamp().IsMatch(text) => Time(text),
        _ => text,
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Timestamp();

    // A number, an array of numbers, or the JSON of a basket.
    [GeneratedRegex(@"^(\d+|\{[\d,]+\}|\{""\d+"".*\})$")]
    private static partial Regex IsNumbers();

    [GeneratedRegex(@"^\{\d+(,\d+)*\}$")]
    private static partial Regex IntegerArray();

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9A-Za-z_-]{16,}$")]
    private static partial Regex Token();
}
