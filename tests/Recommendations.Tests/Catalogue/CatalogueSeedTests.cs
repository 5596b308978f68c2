using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public sealed class CatalogueSeedTests
{
    private static readonly IReadOnlyList<Book> Books = CatalogueSeed.Read();

    [Fact]
    public void Read_seed_fills_a_bookshop()
    {
        Assert.True(Books.Count >= 300, $"{Books.Count} books");
        Assert.True(Books.DistinctBy(book => book.Category).Count() >= 8);
    }

    [Fact]
    public void Read_seed_has_a_book_for_every_category() =>
        Assert.Equal(Enum.GetValues<BookCategory>()[1..], Books.Select(book => book.Category).Distinct().Order());

    [Fact]
    public void Read_seed_numbers_and_isbns_are_given_once()
    {
        Assert.Equal(Books.Count, Books.DistinctBy(book => book.Id).Count());
        var isbns = Books.Select(book => book.Isbn).OfType<string>().ToList();
        Assert.Equal(isbns.Count, isbns.Distinct().Count());
        Assert.Equal(Books.Count, Books.DistinctBy(book => (book.Title, book.Author)).Count());
    }

    [Fact]
    public void Read_seed_every_isbn_has_its_check_digit()
    {
        var isbns = Books.Select(book => book.Isbn).OfType<string>().ToList();

        Assert.True(isbns.Count > 200);
        Assert.All(isbns, isbn => Assert.True(HasCheckDigit(isbn), isbn));
    }

    [Fact]
    public void Read_seed_every_book_can_be_shown() => Assert.All(Books, book =>
    {
        Assert.False(string.IsNullOrWhiteSpace(book.Title), $"{book.Id}");
        Assert.NotEmpty(book.Authors);
        Assert.True(book.Description.Length is >= 80 and <= 400, $"{book.Id}: {book.Description.Length}");
        Assert.True(book.Year is null or (>= -3000 and <= 2025), $"{book.Id}: {book.Year}");
        Assert.DoesNotContain('\uFFFD', book.Title + book.Author + book.Description);
    });

    [Theory]
    [InlineData(1, "The Maltese Falcon", BookCategory.Mystery)]
    [InlineData(2, "Murder on the Orient Express", BookCategory.Mystery)]
    [InlineData(3, "The Hound of the Baskervilles", BookCategory.Mystery)]
    [InlineData(4, "The Hitchhiker's Guide to the Galaxy", BookCategory.ScienceFiction)]
    [InlineData(5, "Ender's Game", BookCategory.ScienceFiction)]
    [InlineData(6, "The Dune Chronicles", BookCategory.ScienceFiction)]
    [InlineData(7, "The 7 Habits of Highly Effective People", BookCategory.SelfHelp)]
    [InlineData(8, "How to Win Friends and Influence People", BookCategory.SelfHelp)]
    [InlineData(9, "Man's Search for Meaning", BookCategory.SelfHelp)]
    public void Read_seed_first_books_keep_their_numbers(int id, string title, BookCategory category)
    {
        var book = Assert.Single(Books, book => book.Id == id);
        Assert.Equal((title, category), (book.Title, book.Category));
    }

    // ISO 2108, annex A: the digits weighted 1, 3, 1, 3, … add up to a multiple of ten.
    private static bool HasCheckDigit(string isbn) =>
        isbn.Length == 13
        && isbn.All(char.IsAsciiDigit)
        && isbn.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
}
