using System.Globalization;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;

namespace BooksForYou.Inventory.Tests.Search;

public sealed class BookSearchTests
{
    private static readonly BookDraft[] Shelf =
    [
        Bookshop.Draft("Harry Potter and the Philosopher's Stone", "J.K. Rowling", isbn: "9780747532743"),
        Bookshop.Draft("Harry Potter and the Chamber of Secrets", "J.K. Rowling"),
        Bookshop.Draft("It", "Stephen King"),
        Bookshop.Draft("It Ends with Us", "Colleen Hoover"),
        Bookshop.Draft("The Shining", "Stephen King"),
        Bookshop.Draft("The King of Torts", "John Grisham"),
        Bookshop.Draft("Les Misérables", "Victor Hugo"),
        Bookshop.Draft("Nineteen Eighty-Four", "George Orwell", isbn: "9780451524935"),
        Bookshop.Draft("Harry's Garden", "Potter Brown"),
        Bookshop.Draft("9780747532743 and other numbers", "Nobody"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseDialect, string, string[]> Found()
    {
        var data = new TheoryData<DatabaseDialect, string, string[]>();
        foreach (var engine in new DatabaseEngines().Where(engine => engine.Skip is null).Select(engine => engine.Data))
        {
            // Title before author, all words.
            data.Add(engine, "king", ["The King of Torts", "It", "The Shining"]);
            data.Add(
                engine,
                "harry potter",
                ["Harry Potter and the Philosopher's Stone", "Harry Potter and the Chamber of Secrets", "Harry's Garden"]);

            // As you type.
            data.Add(engine, "harry potter cham", ["Harry Potter and the Chamber of Secrets"]);
            data.Add(engine, "shin", ["The Shining"]);

            // The title itself first.
            data.Add(engine, "it", ["It", "It Ends with Us"]);

            // Title and author together, in any order and case, with or without accents.
            data.Add(engine, "KING shining", ["The Shining"]);
            data.Add(engine, "miserables hugo", ["Les Misérables"]);
            data.Add(engine, "misérables", ["Les Misérables"]);
            data.Add(engine, "jk rowling", ["Harry Potter and the Philosopher's Stone", "Harry Potter and the Chamber of Secrets"]);
            data.Add(engine, "J. K. Rowling", ["Harry Potter and the Philosopher's Stone", "Harry Potter and the Chamber of Secrets"]);
            data.Add(engine, "philosophers stone", ["Harry Potter and the Philosopher's Stone"]);

            // ISBN-13 and ISBN-10, with hyphens and without, before anything else.
            data.Add(engine, "978-0-7475-3274-3", ["Harry Potter and the Philosopher's Stone"]);
            data.Add(engine, "9780747532743", ["Harry Potter and the Philosopher's Stone", "9780747532743 and other numbers"]);
            data.Add(engine, "0-451-52493-4", ["Nineteen Eighty-Four"]);

            // As you type, after titles that begin with the number.
            data.Add(engine, "978-0-4515", ["Nineteen Eighty-Four"]);
            data.Add(engine, "045152", ["Nineteen Eighty-Four"]);
            data.Add(engine, "97807475", ["9780747532743 and other numbers", "Harry Potter and the Philosopher's Stone"]);

            // One typing error: a digit wrong, missing, too many, two swapped; but an ISBN that is right is meant as it is.
            data.Add(engine, "978-0-451-52493-6", ["Nineteen Eighty-Four"]);
            data.Add(engine, "978045152493", ["Nineteen Eighty-Four"]);
            data.Add(engine, "97804515249355", ["Nineteen Eighty-Four"]);
            data.Add(engine, "9780451524395", ["Nineteen Eighty-Four"]);
            data.Add(engine, "0-451-52493-5", ["Nineteen Eighty-Four"]);
            data.Add(engine, "978-0-14-143958-7", []);

            // One typing error in a word: missing, too many, wrong, swapped; in the first letter, in the last word, in two words.
            data.Add(engine, "hary poter chamber", ["Harry Potter and the Chamber of Secrets"]);
            data.Add(engine, "shinning", ["The Shining"]);
            data.Add(engine, "tsephen shining", ["The Shining"]);
            data.Add(engine, "grishan torts", ["The King of Torts"]);
            data.Add(engine, "brishan torts", []);
            data.Add(engine, "drisham", ["The King of Torts"]);
            data.Add(engine, "miserable", ["Les Misérables"]);
            data.Add(engine, "orwlel", ["Nineteen Eighty-Four"]);

            // What matches as typed comes before what was corrected.
            data.Add(engine, "ends", ["It Ends with Us"]);

            data.Add(engine, "", []);
            data.Add(engine, "xyzzy", []);
            data.Add(engine, "king xyzzy", []);
        }

        return data;
    }

    [Theory, MemberData(nameof(Found))]
    public async Task Search_query_finds_in_order(DatabaseDialect engine, string query, string[] titles)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, Shelf);

        var page = await shop.Search.SearchAsync(query, 24, "", Token);

        Assert.Equal(titles, page.Books.Select(book => book.Title));
        Assert.Empty(page.NextPageToken);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_hostile_text_never_fails(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, Shelf);
        string[] hostile =
        [
            "\"", "'", "''", "\"harry", "harry\"", "harry*", "*", "har* OR", "AND", "OR", "NOT", "NEAR(harry potter)", "title_key:harry", "{title_key} : x", "-harry",
            "^harry", "harry + potter", "(", ")", "((harry)", ":*", "harry:*", "harry:A", "!harry", "harry & !potter", "harry | potter", "<->", "harry <-> potter",
            "%", "_", "\\", "'; DROP TABLE book; --", "\0", "harry\0potter", "\uD800", "🙂", "🙂🙂🙂🙂", "مرحبا بالعالم", "שלום", "\u202Eharry", "한국어", "日本語の本",
            "\t\r\n", new string('a', 10_000), string.Join(
                ' ', Enumerable.Repeat("the", 5000)), string.Join(' ', Enumerable.Range(0, 5000)), new string('"', 200),
            new string('é', 10_000), string.Concat(Enumerable.Repeat("\u0301", 500)), "978", "97807475327431", "x-x-x-x-x-x-x-x-x-x",
        ];

        foreach (var query in hostile)
        {
            await shop.Search.SearchAsync(query, 24, "", Token);
        }

        Assert.Equal(10, (await shop.Books.ListAsync(new BookList(0, 0), 24, null, Token)).Books.Count);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_equal_matches_best_selling_comes_first(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var first = await shop.AddAsync(10, Bookshop.Draft("Cooking one"), Bookshop.Draft("Cooking two"), Bookshop.Draft("Cooking three"));
        await shop.Reservations.ReserveAsync("r", [new(first + 2, 5), new(first + 1, 2)], TimeSpan.FromMinutes(1), Token);
        await shop.Reservations.CommitAsync("r", Token);

        var page = await shop.Search.SearchAsync("cooking", 24, "", Token);

        Assert.Equal([first + 2, first + 1, first], page.Books.Select(book => book.BookId));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_page_by_page_gives_every_match_once(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(
            1, [.. Enumerable.Range(0, 60).Select(i => Bookshop.Draft($"Garden {i}", i % 2 == 0 ? "Garden Writer" : "Other"))]);

        var (seen, token) = (new List<int>(), "");
        do
        {
            var page = await shop.Search.SearchAsync("garden", 7, token, Token);
            seen.AddRange(page.Books.Select(book => book.BookId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(1, 60), seen.Order());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_token_of_another_query_is_refused(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, [.. Enumerable.Range(0, 5).Select(i => Bookshop.Draft($"Garden {i}"))]);
        var token = (await shop.Search.SearchAsync("garden", 2, "", Token)).NextPageToken;

        await Assert.ThrowsAsync<InvalidArgumentException>(() => shop.Search.SearchAsync("author", 2, token, Token));
        await Assert.ThrowsAsync<InvalidArgumentException>(() => shop.Search.SearchAsync("garden", 2, "nonsense!", Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_word_in_very_many_books_finds_title_and_best_seller_first(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(9, [.. Enumerable.Range(0, 700).Select(i => Bookshop.Draft($"Tale {i} of the sea"))]);
        var late = await shop.AddAsync(
            9,
            Bookshop.Draft("Another sea"),
            Bookshop.Draft("Sea"),
            Bookshop.Draft("Sea of light"),
            Bookshop.Draft("Nothing", "Marina Sea"));
        await shop.Reservations.ReserveAsync("r", [new(late, 5)], TimeSpan.FromMinutes(1), Token);
        await shop.Reservations.CommitAsync("r", Token);
        await shop.BestSellers.RefreshAsync(Token);

        var page = await shop.Search.SearchAsync("sea", 3, "", Token);

        Assert.Equal(["Sea", "Sea of light", "Another sea"], page.Books.Select(book => book.Title));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_unfinished_letter_beside_a_rare_word_finds_the_book(DatabaseDialect engine) => Assert.Equal(
        ["Quixotic sailor"],
        await FindAsync(engine, "quixotic s", [.. Many(400, "Sword s{0}x story"), "Quixotic sailor", "Quixotic baker"]));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_letter_that_very_many_words_begin_with_beside_a_frequent_word_finds_the_book(DatabaseDialect engine) => Assert.Equal(
        ["Grey tower sailor"],
        await FindAsync(engine, "tower s", [.. Many(1100, "Sword s{0}x"), .. Many(210, "Grey tower {0}"), "Grey tower sailor"]));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_last_word_that_many_books_have_goes_on_where_it_is_not_found_whole(DatabaseDialect engine) => Assert.Equal(
        ["Grey tower seafarer"],
        await FindAsync(engine, "tower sea", [.. Many(210, "Old sea {0}"), .. Many(210, "Grey tower {0}"), "Grey tower seafarer"]));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_words_that_many_books_have_beside_a_rare_one_finds_the_book(DatabaseDialect engine) => Assert.Equal(
        ["Quixotic old seafarer"],
        await FindAsync(
            engine, "old quixotic sea", [.. Many(210, "Old sea {0}"), "Quixotic tower", "Quixotic old sailor", "Quixotic old seafarer"]));

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Search_after_a_change_finds_the_new_title_only(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        var book = await shop.AddAsync(1, Bookshop.Draft("Mushrooms"));
        await shop.Administration.UpdateAsync(book, Bookshop.Draft("Toadstools"), Token);

        Assert.Empty((await shop.Search.SearchAsync("mushrooms", 24, "", Token)).Books);
        Assert.Single((await shop.Search.SearchAsync("toadstools", 24, "", Token)).Books);
        Assert.Single((await shop.Search.SearchAsync("todstools", 24, "", Token)).Books);
        await using var connection = await shop.Database.OpenConnectionAsync(Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT books FROM search_word WHERE word = 'mushrooms'"));
    }

    private static IEnumerable<string> Many(int count, string title) =>
        Enumerable.Range(0, count).Select(number => string.Format(CultureInfo.InvariantCulture, title, number));

    /// <summary>What a search finds in a shop that has these titles and no others.</summary>
    private static async Task<IEnumerable<string>> FindAsync(DatabaseDialect engine, string query, IEnumerable<string> titles)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(1, [.. titles.Select(title => Bookshop.Draft(title))]);
        return (await shop.Search.SearchAsync(query, 24, "", Token)).Books.Select(book => book.Title);
    }
}
