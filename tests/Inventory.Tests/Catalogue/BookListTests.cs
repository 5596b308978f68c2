using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.ServiceKit.Text;
using Dapper;

namespace BooksForYou.Inventory.Tests.Catalogue;

public sealed class BookListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task List_each_order_sorts_and_pages_without_gap_or_repeat(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await StockAsync(shop);
        foreach (var order in Enum.GetValues<BookOrder>())
        {
            foreach (var category in new[] { BookCategory.Unspecified, BookCategory.Mystery })
            {
                var all = await ReadAsync(shop, new BookList(category, order), pageSize: 100);
                var paged = await ReadAsync(shop, new BookList(category, order), pageSize: 7);

                Assert.Equal(category == BookCategory.Unspecified ? 60 : 30, all.Count);
                Assert.Equal(all.Select(book => book.BookId), paged.Select(book => book.BookId));
                Assert.All(all, book => Assert.True(category == BookCategory.Unspecified || book.Category == (int)category));
                Assert.Equal(await ExpectedAsync(shop, all, order), all.Select(book => book.BookId));
            }
        }
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task List_book_that_moves_between_pages_shifts_no_other(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, [.. "BCDEF".Select(letter => Bookshop.Draft($"{letter}"))]);
        var list = new BookList(BookCategory.Unspecified, BookOrder.Title);
        var first = await shop.Books.ListAsync(list, 2, null, Token);

        await shop.AddAsync(1, Bookshop.Draft("A"));
        await shop.Administration.UpdateAsync(first.Books[1].BookId, Bookshop.Draft("Z"), Token);
        var second = await shop.Books.ListAsync(list, 3, PageToken.TryParse(first.NextPageToken, list.Scope), Token);

        Assert.Equal(["D", "E", "F"], second.Books.Select(book => book.Title));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task List_token_with_a_key_of_another_kind_is_refused(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var list = new BookList(BookCategory.Unspecified, BookOrder.Price);

        await Assert.ThrowsAsync<InvalidArgumentException>(() => shop.Books.ListAsync(list, 2, new PageToken(list.Scope, 1, "abc"), Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task List_every_query_goes_through_an_index_in_order(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        for (var batch = 0; batch < 10; batch++)
        {
            await shop.AddAsync(1, [.. Enumerable.Range(0, 300).Select(i => Bookshop.Draft(
                $"Title {(batch * 7919) + (i * 31)}", year: 1800 + (i % 200), cents: 500 + i, category: (BookCategory)(1 + (i % 12))))]);
        }

        await shop.Writer.AnalyzeAsync(Token);
        await using var connection = await shop.Database.OpenConnectionAsync(Token);
        foreach (var order in Enum.GetValues<BookOrder>())
        {
            foreach (var category in new[] { BookCategory.Unspecified, BookCategory.Mystery })
            {
                foreach (var isFirst in new[] { true, false })
                {
                    var list = new BookList(category, order);
                    var after = isFirst ? null : new PageToken(
                        list.Scope, 1000, order is BookOrder.Unspecified or BookOrder.Title ? "title 5" : "-1900");
                    var explain = engine == DatabaseDialect.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
                    var plan = string.Join('\n', (await connection.QueryAsync(explain + list.Sql(engine, 24, isFirst), list.Parameters(after)))
                        .Select(row => string.Join(' ', ((IDictionary<string, object>)row).Values)));

                    Assert.DoesNotContain(engine == DatabaseDialect.Sqlite ? "TEMP B-TREE" : "Sort Key", plan, StringComparison.Ordinal);
                    Assert.Contains(engine == DatabaseDialect.Sqlite ? "USING INDEX" : "Index Scan", plan, StringComparison.Ordinal);
                    if (!isFirst && engine == DatabaseDialect.PostgreSql)
                    {
                        Assert.Contains("Index Cond", plan, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    private static async Task StockAsync(Bookshop shop)
    {
        var random = new Random(7);
        var first = await shop.AddAsync(50, [.. Enumerable.Range(0, 60).Select(i => Bookshop.Draft(
            $"{"ÉeÀbZ"[i % 5]}title {random.Next(20)}",
            year: i % 4 == 0 ? null : random.Next(-700, 2026),
            cents: random.Next(5) * 100,
            category: i % 2 == 0 ? BookCategory.Mystery : BookCategory.Science))]);
        for (var i = 0; i < 40; i++)
        {
            await shop.Reservations.ReserveAsync($"r{i}", [new(first + random.Next(30), 1)], TimeSpan.FromMinutes(1), Token);
            await shop.Reservations.CommitAsync($"r{i}", Token);
        }
    }

    private static async Task<List<BookRow>> ReadAsync(Bookshop shop, BookList list, int pageSize)
    {
        var books = new List<BookRow>();
        for (var token = ""; ;)
        {
            var page = await shop.Books.ListAsync(list, pageSize, token.Length == 0 ? null : PageToken.TryParse(token, list.Scope), Token);
            books.AddRange(page.Books);
            token = page.NextPageToken;
            if (token.Length == 0)
            {
                return books;
            }
        }
    }

    private static async Task<IEnumerable<int>> ExpectedAsync(Bookshop shop, List<BookRow> books, BookOrder order)
    {
        await using var connection = await shop.Database.OpenConnectionAsync(Token);
        var sold = (await connection.QueryAsync<(int Id, long Sold)>("SELECT book_id, sold FROM stock")).ToDictionary(
            row => row.Id, row => row.Sold);
        var sorted = order switch
        {
            BookOrder.Newest => books.OrderByDescending(book => book.Year ?? int.MinValue),
            BookOrder.Price => books.OrderBy(book => book.PriceCents),
            BookOrder.BestSelling => books.OrderByDescending(book => sold[book.BookId]),
            _ => books.OrderBy(book => Folding.Key(book.Title), StringComparer.Ordinal),
        };
        return sorted.ThenBy(book => book.BookId).Select(book => book.BookId);
    }
}
