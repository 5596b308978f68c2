using BooksForYou.Inventory.Catalogue;

namespace BooksForYou.Inventory.Tests.Catalogue;

public sealed class IsbnTests
{
    [Theory]
    [InlineData("9780747532743", "9780747532743")]
    [InlineData("978-0-7475-3274-3", "9780747532743")]
    [InlineData("978 0 7475 3274 3", "9780747532743")]
    [InlineData("0747532745", "9780747532743")]
    [InlineData("0-7475-3274-5", "9780747532743")]
    [InlineData("080442957X", "9780804429573")]
    [InlineData("080442957x", "9780804429573")]
    [InlineData("9780747532744", null)]
    [InlineData("0747532746", null)]
    [InlineData("X747532745", null)]
    [InlineData("1234567890123", null)]
    [InlineData("978074753274", null)]
    [InlineData("97807475327433", null)]
    [InlineData("harry potter", null)]
    [InlineData("", null)]
    [InlineData("٩٧٨٠٧٤٧٥٣٢٧٤٣", null)]
    public void Parse_text_gives_isbn13_or_null(string text, string? expected) => Assert.Equal(expected, Isbn.Parse(text));
}
