using System.Globalization;
using System.Text;

namespace BooksForYou.Marketplace.Covers;

/// <summary>Landscapes over the lower part of a cover, drawn from the book's own sequence of choices.</summary>
internal static class Scenes
{
    public static void Hills(CoverCanvas canvas, CoverPalette palette, CoverChoices choices)
    {
        Sun(canvas, palette, choices);
        for (var layer = 0; layer < 4; layer++)
        {
            var colour = CoverPalette.Mix(palette.Second, palette.Accent, layer / 3.0);
            var y = 205 + (layer * 32);
            var rise = 18 + choices.Next(26);
            var path = new StringBuilder();
            path.Append(CultureInfo.InvariantCulture, $"M0 {y + choices.Next(16)}C60 {y - rise} 90 {y + rise} 140 {y - choices.Next(12)}S210 {y - rise} 240 {y - choices.Next(20)}V360H0z");
            canvas.Path(path.ToString(), colour);
        }
    }

    public static void Peaks(CoverCanvas canvas, CoverPalette palette, CoverChoices choices)
    {
        Sun(canvas, palette, choices);
        for (var layer = 0; layer < 3; layer++)
        {
            var colour = CoverPalette.Mix(palette.Second, palette.Accent, layer / 2.0);
            var path = new StringBuilder("M0 360");
            var y = 218 + (layer * 36);
            for (var x = 0; x <= 240; x += 40)
            {
                var height = (x / 40) % 2 == layer % 2 ? 14 + choices.Next(42) : -choices.Next(16);
                path.Append(CultureInfo.InvariantCulture, $"L{x} {y - height}");
            }

            canvas.Path(path.Append("L240 360z").ToString(), colour);
        }
    }

    public static void Sea(CoverCanvas canvas, CoverPalette palette, CoverChoices choices)
    {
        Sun(canvas, palette, choices);
        for (var layer = 0; layer < 6; layer++)
        {
            var colour = CoverPalette.Mix(palette.Second, palette.Accent, layer / 5.0);
            var y = 222 + (layer * 22);
            var shift = choices.Next(30);
            canvas.Path(string.Create(CultureInfo.InvariantCulture, $"M{-shift - 10} {y}q15-11 30 0t30 0 30 0 30 0 30 0 30 0 30 0 30 0 30 0 30 0V360H{-shift - 10}z"), colour);
        }
    }

    public static void Skyline(CoverCanvas canvas, CoverPalette palette, CoverChoices choices)
    {
        Sun(canvas, palette, choices);
        for (var layer = 0; layer < 2; layer++)
        {
            var colour = layer == 0 ? palette.Second : palette.Accent;
            var path = new StringBuilder("M0 360");
            for (var x = 0; x < 240; x += 24)
            {
                var roof = 210 + (layer * 44) + choices.Next(48);
                var spire = choices.Next(4) == 0 ? 14 : 0;
                path.Append(CultureInfo.InvariantCulture, $"L{x} {roof}l12-{spire} 12 {spire}");
            }

            canvas.Path(path.Append("V360z").ToString(), colour);
        }

        for (var light = 0; light < 14; light++)
        {
            canvas.Rectangle((choices.Next(19) * 12) + 10, 312 + (choices.Next(3) * 14), 4, 6, palette.Ground);
        }
    }

    private static void Sun(CoverCanvas canvas, CoverPalette palette, CoverChoices choices) =>
        canvas.Circle(60 + choices.Next(120), 196 + choices.Next(16), 30 + choices.Next(22), CoverPalette.Mix(palette.Accent, palette.Ink, 0.35));
}
