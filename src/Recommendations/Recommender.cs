using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Errors;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations;

/// <summary>Chooses books for readers. All of it is in memory, so a call is answered without waiting for anything.</summary>
internal sealed class Recommender(BookCatalogue catalogue)
{
    private const int MostResults = 100;

    /// <summary>Chooses at random among the books of a category, no book twice.</summary>
    /// <param name="category">The category, or <see cref="BookCategory.Unspecified"/> for all books.</param>
    /// <param name="maxResults">How many at the most; above 100 counts as 100.</param>
    /// <exception cref="InvalidArgumentException">The number is negative.</exception>
    /// <exception cref="NotFoundException">There is no such category.</exception>
    public Book[] Recommend(BookCategory category, int maxResults)
    {
        var wanted = Limit(maxResults);
        var shelf = catalogue.Shelf(category);
        var count = Math.Min(wanted, shelf.Length);
        if (count == 0)
        {
            return [];
        }

        Span<int> places = stackalloc int[count];
        Sample(shelf.Length, places);
        var books = new Book[count];
        for (var i = 0; i < count; i++)
        {
            books[i] = shelf[places[i]];
        }

        return books;
    }

    /// <summary>
    /// Finds books like a given one: by the same author first, then of the same category and near in time. Always the same for the same
    /// catalogue.
    /// </summary>
    /// <param name="bookId">The book, which is never among them.</param>
    /// <param name="maxResults">How many at the most; above 100 counts as 100.</param>
    /// <exception cref="InvalidArgumentException">The number is negative.</exception>
    /// <exception cref="NotFoundException">There is no such book.</exception>
    public IReadOnlyList<SimilarBook> FindSimilar(int bookId, int maxResults)
    {
        var wanted = Limit(maxResults);
        var snapshot = catalogue.Current;
        var book = snapshot.Find(bookId) ?? throw new NotFoundException("Book not found");

        var sameAuthor = book.Authors.SelectMany(author =>
            snapshot.By(author).Select(other => new SimilarBook(other, Reason.SameAuthor(author))));
        var sameShelf = snapshot.Nearest(book).Select(other => new SimilarBook(other, Reason.SameShelf(book, other)));
        return
        [
            .. sameAuthor.OrderBy(similar => similar.Book.Category != book.Category).ThenBy(YearsApart)
                .Concat(sameShelf)
                .Where(similar => similar.Book.Id != book.Id)
                .DistinctBy(similar => similar.Book.Id)
                .Take(wanted),
        ];

        long YearsApart(SimilarBook similar) => Math.Abs((long?)similar.Book.Year - book.Year ?? int.MaxValue);
    }

    private static int Limit(int maxResults) => maxResults < 0
        ? throw new InvalidArgumentException(new FieldViolation("max_results", "must not be negative"))
        : Math.Min(maxResults, MostResults);

    // Robert Floyd's way (Communications of the ACM 30:9, 1987): every subset is equally likely, and the work depends on how many are
    // chosen, not on
    // how many there are. It favours some orders, hence the shuffle.
    private static void Sample(int population, Span<int> chosen)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            var last = population - chosen.Length + i;
            var pick = Random.Shared.Next(last + 1);
            chosen[i] = chosen[..i].Contains(pick) ? last : pick;
        }

        Random.Shared.Shuffle(chosen);
    }
}
