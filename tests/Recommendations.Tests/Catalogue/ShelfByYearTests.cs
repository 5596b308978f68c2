using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using Xunit;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests.Catalogue;

public class ShelfByYearTests
{
    private static readonly Book[] Books =
    [
        .. Enumerable.Range(1, 200)
            .Select(id => new Book
            {
                Id = id,
                Title = $"Title {id * 7919 % 200}",
                Author = "An Author",
                Category = BookCategory.Fiction,
                Year = id % 17 == 0 ? null : 1980 + (id * 31 % 40),
            })
            .Order(TitleOrder.Instance),
    ];

    [Theory]
    [InlineData(null)]
    [InlineData(-500)]
    [InlineData(1979)]
    [InlineData(1980)]
    [InlineData(2000)]
    [InlineData(2019)]
    [InlineData(2100)]
    public void NearestTo_any_year_gives_the_books_sorted_by_distance_and_title(int? year)
    {
        var expected = Books.OrderBy(book => (long?)Math.Abs(book.Year - year ?? int.MaxValue));

        var nearest = new ShelfByYear(Books).NearestTo(year);

        Assert.Equal(expected.Select(book => book.Id), nearest.Select(book => book.Id));
    }
}
