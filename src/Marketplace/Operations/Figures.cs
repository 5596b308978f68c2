using System.Globalization;

namespace BooksForYou.Marketplace.Operations;

/// <summary>Numbers of the page of operations, as people read them.</summary>
internal static class Figures
{
    /// <summary>A time in seconds: 850 µs, 12 ms, 1.5 s.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => "–",
        < 0.001 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0} µs"),
        < 0.01 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.0} ms"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
    };

    /// <summary>How many in a second.</summary>
    public static string Rate(double perSecond) => perSecond switch
    {
        0 => "0",
        < 0.01 => "< 0.01",
        < 10 => perSecond.ToString("0.00", CultureInfo.InvariantCulture),
        _ => perSecond.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>How long a process has been there: 3 d 4 h, 2 h 5 min, 12 min, 40 s.</summary>
    public static string Uptime(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min",
        _ => $"{Math.Max(0, time.Seconds)} s",
    };

    /// <summary>A part of all: 0 %, 0.3 %, 12 %.</summary>
    public static string Part(long some, long all) => all == 0
        ? "–"
        : (100.0 * some / all) switch
        {
            0 => "0 %",
            < 0.1 => "< 0.1 %",
            < 10 and var percent => string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %"),
            var percent => string.Create(CultureInfo.InvariantCulture, $"{percent:0} %"),
        };

    /// <summary>What a queue holds: a number, or a time for a feed.</summary>
    public static string Length(double? length, bool isTime) => length switch
    {
        null => "not known",
        0 when isTime => "up to date",
        { } seconds when isTime => $"{Uptime(TimeSpan.FromSeconds(seconds))} behind",
        { } count => count.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>The hour and minute, in Coordinated Universal Time.</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
}
