using System.Globalization;
using BooksForYou.Contracts.Reviews.V1;

namespace BooksForYou.Marketplace.Reviewing;

/// <summary>Writes ratings as visitors read them.</summary>
internal static class Stars
{
    /// <summary>The most stars that a review can give.</summary>
    public const int Most = 5;

    /// <summary>Five stars side by side in a box of 100 by 20, as an SVG path.</summary>
    public static readonly string Row = string.Concat(Enumerable.Range(0, Most).Select(DrawStar));

    /// <summary>An average with one digit, half up, such as 4.3.</summary>
    public static string Average(Rating rating) => ((rating.AverageHundredths + 5) / 10 / 10m).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>How many reviews, in words.</summary>
    public static string Count(int reviews) => reviews == 1 ? "1 review" : string.Create(CultureInfo.InvariantCulture, $"{reviews:N0} reviews");

    /// <summary>The stars of one review, as a text for the eye.</summary>
    public static string Text(int stars) => new string('★', Math.Clamp(stars, 0, Most)) + new string('☆', Most - Math.Clamp(stars, 0, Most));

    private static string DrawStar(int index)
    {
        // Ten corners, every other one further in.
        var corners = Enumerable.Range(0, 2 * Most).Select(corner =>
        {
            var radius = corner % 2 == 0 ? 9 : 3.8;
            var angle = (corner * Math.PI / Most) - (Math.PI / 2);
            return string.Create(CultureInfo.InvariantCulture, $"{10 + (20 * index) + (radius * Math.Cos(angle)):0.#} {10.5 + (radius * Math.Sin(angle)):0.#}");
        });
        return $"M{string.Join('L', corners)}z";
    }
}
