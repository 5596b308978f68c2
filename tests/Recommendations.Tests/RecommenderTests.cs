using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Recommendations.Catalogue;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Book = BooksForYou.Recommendations.Catalogue.Book;

namespace BooksForYou.Recommendations.Tests;

public sealed class RecommenderTests
{
    private static readonly Book[] Books =
    [
        Create(1, "Dune", "Frank Herbert", 1965),
        Create(2, "Good Omens", "Terry Pratchett, Neil Gaiman", 1990, BookCategory.Fantasy),
        Create(3, "Coraline", "Neil Gaiman", 2002, BookCategory.Children),
        Create(4, "Stardust", "neil gaiman", 1999, BookCategory.Fantasy),
        Create(5, "Mort", "Terry Pratchett", 1987, BookCategory.Fantasy),
        Create(6, "The Odyssey", "Homer", null, BookCategory.Fantasy),
        Create(7, "The Aeneid", "Virgil", -19, BookCategory.Fantasy),
        Create(8, "Assassin's Apprentice", "Robin Hobb", 1995, BookCategory.Fantasy),
        Create(9, "The Eye of the World", "Robert Jordan", 1990, BookCategory.Fantasy),
    ];

    [Fact]
    public async Task Recommend_many_times_gives_every_ordered_pair_equally_often()
    {
        var recommender = await CreateAsync(Books[..5].Select(book => book with { Category = BookCategory.Fantasy }));
        const int Rounds = 40_000;
        var counts = new Dictionary<(int First, int Second), int>();

        for (var round = 0; round < Rounds; round++)
        {
            var pair = recommender.Recommend(BookCategory.Fantasy, 2);
            var key = (pair[0].Id, pair[1].Id);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // 20 pairs, each 2000 times give or take; 300 is almost seven standard deviations.
        Assert.Equal(20, counts.Count);
        Assert.All(counts, pair => Assert.NotEqual(pair.Key.First, pair.Key.Second));
        Assert.All(counts.Values, count => Assert.InRange(count, 1700, 2300));
    }

    [Fact]
    public async Task Recommend_category_without_books_gives_none() =>
        Assert.Empty((await CreateAsync(Books)).Recommend(BookCategory.Romance, 3));

    [Fact]
    public async Task Recommend_empty_catalogue_gives_none() =>
        Assert.Empty((await CreateAsync([])).Recommend(BookCategory.Unspecified, 3));

    [Fact]
    public async Task FindSimilar_book_of_two_authors_gives_the_books_of_both_then_the_shelf_by_year()
    {
        var similar = (await CreateAsync(Books)).FindSimilar(2, 100);

        Assert.Equal(
            [
                "Mort: Also by Terry Pratchett.",
                "Stardust: Also by Neil Gaiman.",
                "Coraline: Also by Neil Gaiman.",
                "The Eye of the World: Also on our fantasy shelf, and from the same year.",
                "Assassin's Apprentice: Also on our fantasy shelf, and from about the same time.",
                "The Aeneid: Also on our fantasy shelf.",
                "The Odyssey: Also on our fantasy shelf.",
            ],
            similar.Select(book => $"{book.Book.Title}: {book.Reason}"));
    }

    [Fact]
    public async Task FindSimilar_limit_takes_the_most_alike() =>
        Assert.Equal([5, 4], (await CreateAsync(Books)).FindSimilar(2, 2).Select(similar => similar.Book.Id));

    [Fact]
    public async Task FindSimilar_only_book_of_its_kind_gives_none() => Assert.Empty((await CreateAsync(Books)).FindSimilar(1, 10));

    private static async Task<Recommender> CreateAsync(IEnumerable<Book> books)
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseDialect.Sqlite, typeof(Book).Assembly);
        var store = new CatalogueStore(test.Database);
        var start = await store.ReadStateAsync(TestContext.Current.CancellationToken);
        await store.ApplyAsync(start, [.. books], start.MoveOn("end", hasCaughtUp: true), TestContext.Current.CancellationToken);
        var catalogue = new BookCatalogue(store);
        await catalogue.LoadAsync(TestContext.Current.CancellationToken);
        return new Recommender(catalogue);
    }

    private static Book Create(int id, string title, string author, int? year, BookCategory category = BookCategory.ScienceFiction) =>
        new() { Id = id, Title = title, Author = author, Year = year, Category = category };
}
