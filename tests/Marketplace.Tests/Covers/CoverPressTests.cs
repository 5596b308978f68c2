using System.Text;
using System.Xml.Linq;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Covers;

namespace BooksForYou.Marketplace.Tests.Covers;

public sealed class CoverPressTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Print_same_book_twice_gives_the_same_cover()
    {
        foreach (var book in Library.Books)
        {
            Assert.Equal(CoverPress.Print(book.Title, book.Author, book.Category), CoverPress.Print(book.Title, book.Author, book.Category));
        }
    }

    [Fact]
    public void Print_different_books_gives_different_covers()
    {
        var covers = Library.Books.Select(book => Encoding.UTF8.GetString(CoverPress.Print(book.Title, book.Author, book.Category))).ToList();

        Assert.Equal(covers.Count, covers.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(HardTitles.Theory), MemberType = typeof(HardTitles))]
    public void Print_hard_title_in_every_category_is_well_formed_and_inside_the_cover(string title)
    {
        foreach (var category in Enum.GetValues<BookCategory>())
        {
            var svg = XDocument.Parse(Encoding.UTF8.GetString(CoverPress.Print(title, "Somebody With a Name, Another", category)));

            foreach (var line in svg.Descendants(Svg + "text"))
            {
                Assert.InRange((double)line.Attribute("y")!, 0, 360);
                Assert.InRange((double?)line.Attribute("textLength") ?? 0, 0, 204);
            }
        }
    }

    [Theory]
    [InlineData("The Strange and Surprising Adventures of a Perfectly Ordinary Bookseller Who Lived Eight Hundred Years")]
    [InlineData("Pride and Prejudice")]
    [InlineData("雪国とその他の短編小説集")]
    public void Print_title_that_fits_loses_no_letter(string title)
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(CoverPress.Print(title, "", BookCategory.Fiction)));

        var set = string.Concat(svg.Descendants(Svg + "text").Select(line => line.Value)).Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(title.Replace(" ", "", StringComparison.Ordinal), set, ignoreCase: true);
    }

    [Fact]
    public void Print_uses_no_style_script_or_reference_to_elsewhere()
    {
        foreach (var book in Library.Books)
        {
            var svg = Encoding.UTF8.GetString(CoverPress.Print(book.Title, book.Author, book.Category));

            Assert.DoesNotContain(" style=", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("script", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("href", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Palettes_all_have_readable_type()
    {
        foreach (var palette in CoverStyles.AllPalettes)
        {
            var contrast = CoverPalette.Contrast(palette.Ground, palette.Ink);
            Assert.True(contrast >= 4.5, $"{palette} has a contrast of {contrast:0.0}.");
        }
    }

    [Fact]
    public void PrintEmblem_of_every_category_is_well_formed()
    {
        foreach (var category in Enum.GetValues<BookCategory>())
        {
            XDocument.Parse(Encoding.UTF8.GetString(CoverPress.PrintEmblem(category)));
        }
    }
}
