using System.Globalization;
using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Catalogue;
using BooksForYou.Inventory.Import;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.Inventory.Tests.Import;

public sealed class BookImportTests
{
    private const string GoodbooksHeader =
        "book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,original_title,title,language_code";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_own_layout_takes_what_is_given_and_fills_in_the_rest(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write(
            """
            Title,author,Year,isbn,category,description,price,stock,out_of_print,shelf_mark
            Emma,Jane Austen,1815,978-0-14-143958-7,classics,"A matchmaker, mistaken.",7.5,3,no,A1
            "The ""Iliad""
            of Homer",Homer,-750,,Classics,,,,yes,
            Ulysses,James Joyce,,,,,,,,
            """);

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal(new ImportCount(Added: 3, Updated: 0, Unchanged: 0, Rejected: 0), count);
        var emma = await shop.Books.FindAsync(1, Token);
        Assert.Equal(
            ("Emma", "Jane Austen", 1815, "9780141439587", (int)BookCategory.Classics),
            (emma!.Title, emma.Author, emma.Year, emma.Isbn, emma.Category));
        Assert.Equal(
            ("A matchmaker, mistaken.", 750L, "EUR", 3, false),
            (emma.Description, emma.PriceCents, emma.Currency, emma.Available, emma.OutOfPrint));
        var iliad = await shop.Books.FindAsync(2, Token);
        Assert.Equal(("The \"Iliad\" of Homer", -750, 20, true), (iliad!.Title, iliad.Year, iliad.Available, iliad.OutOfPrint));
        Assert.Equal(DefaultPrice.Cents(BookCategory.Classics, "the iliad of homer"), iliad.PriceCents);
        var ulysses = await shop.Books.FindAsync(3, Token);
        Assert.Equal(((int?)null, (int)BookCategory.Fiction), (ulysses!.Year, ulysses.Category));
        Assert.Empty(folder.Rejected());
        await shop.AssertLedgerAsync();
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_again_changes_nothing(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write("title,author,isbn,price\nEmma,Jane Austen,9780141439587,8.00\nÉmile,Rousseau,,\n");
        await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);
        var cursor = (await shop.Feed.ReadAsync("", Token)).Cursor;

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal(new ImportCount(Added: 0, Updated: 0, Unchanged: 2, Rejected: 0), count);
        Assert.Empty((await shop.Feed.ReadAsync(cursor, Token)).Changes);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_changed_row_changes_what_it_gives_and_nothing_else(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        await ImportFolder.ImportAsync(
            shop,
            folder.Write("title,author,isbn,price,stock,description\nEmma,Jane Austen,9780141439587,8.00,5,Old\n"),
            cancellationToken: Token);

        var count = await ImportFolder.ImportAsync(
            shop, folder.Write("title,author,isbn,price,stock\nEmma,Jane Austen,9780141439587,9.00,50\n"), cancellationToken: Token);

        Assert.Equal(new ImportCount(Added: 0, Updated: 1, Unchanged: 0, Rejected: 0), count);
        var emma = await shop.Books.FindAsync(1, Token);
        Assert.Equal((900L, 5, "Old"), (emma!.PriceCents, emma.Available, emma.Description));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_same_book_is_known_by_isbn_or_by_title_and_author(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        await ImportFolder.ImportAsync(
            shop, folder.Write("title,author,isbn\nEmma,Jane Austen,9780141439587\nÉmile,J.-J. Rousseau,\n"), cancellationToken: Token);

        var count = await ImportFolder.ImportAsync(
            shop, folder.Write("title,author,isbn\nEmma (Penguin Classics),Jane Austen,0141439580\nEMILE,J-J Rousseau,9780140445633\nEmma,Another Austen,\n"), cancellationToken: Token);

        Assert.Equal((1, 2), (count.Added, count.Updated));
        Assert.Equal("Emma (Penguin Classics)", (await shop.Books.FindAsync(1, Token))!.Title);
        Assert.Equal("9780140445633", (await shop.Books.FindAsync(2, Token))!.Isbn);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_bad_rows_go_into_a_file_with_line_and_reason(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var bytes = new List<byte>();
        bytes.AddRange(Encoding.UTF8.GetPreamble());
        bytes.AddRange(Encoding.UTF8.GetBytes("title,author,year,isbn,category,price,stock\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("\"Two\r\nlines\",Fine,2001,,,,\r\n")); // lines 2 and 3
        bytes.AddRange(Encoding.UTF8.GetBytes(",No Title,2001,,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Bad year,A,MMXX,,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Bad isbn,A,,9780141439588,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Bad category,A,,,cookery,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Bad price,A,,,,1.999,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Negative price,A,,,,-1,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Dear,A,,,,1000000.01,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Bad stock,A,,,,,-4\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Too few fields,A\r\n"));
        bytes.AddRange(Encoding.Latin1.GetBytes("Café,Latin,,,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("Nul\0,A,,,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes($"{new string('x', 501)},A,,,,,\r\n"));
        bytes.AddRange(Encoding.UTF8.GetBytes("two LINES,fine,,,,,\r\n"));

        var count = await ImportFolder.ImportAsync(shop, folder.Write([.. bytes]), cancellationToken: Token);

        Assert.Equal((1, 13), (count.Added, count.Rejected));
        var rejected = folder.Rejected();
        Assert.Equal("line,reason,title,author,year,isbn,category,price,stock", rejected[0]);
        Assert.Equal("4,title must not be empty,,No Title,2001,,,,", rejected[1]);
        Assert.Equal(
            Enumerable.Range(4, 13).Select(line => line.ToString(CultureInfo.InvariantCulture)),
            rejected.Skip(1).Select(row => row.Split(',')[0]));
        Assert.Contains("year must be a whole number", rejected[2], StringComparison.Ordinal);
        Assert.Contains("not in UTF-8", rejected[10], StringComparison.Ordinal);
        Assert.Contains("the same book as in line 2", rejected[13], StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_rows_about_one_book_are_told_from_editions_of_it(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write(
            """
            title,author,isbn
            Emma,Jane Austen,9780141439587
            Emma,Jane Austen,9780199535521
            EMMA,Jane Austen,
            Persuasion,Jane Austen,
            Persuasion,Jane Austen,9780141439686
            """);

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal((3, 2), (count.Added, count.Rejected));
        Assert.Equal(
            ["4,the same book as in line 2,EMMA,Jane Austen,", "6,the same book as in line 5,Persuasion,Jane Austen,9780141439686"],
            folder.Rejected().Skip(1));
        Assert.Equal(3, (await ImportFolder.ImportAsync(shop, path, cancellationToken: Token)).Unchanged);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_goodbooks_layout_mends_isbn_and_year(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write(
            $"""
            {GoodbooksHeader}
            1,2767052,2767052,2792775,272,439023483,9.78043902348e+12,Suzanne Collins,2008.0,The Hunger Games,"The Hunger Games (The Hunger Games, #1)",eng
            2,1,1,1,1,,,"Homer, Robert Fagles",-720.0,,The Odyssey,
            3,1,1,1,1,439023484,,Wrong Digit,,,No ISBN,
            x,1,1,1,1,,,Bad,,,Bad,
            4,1,1,1,1,439023483,,Twice,,,Same ISBN,
            """);

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal((3, 2), (count.Added, count.Rejected));
        var first = await shop.Books.FindAsync(1, Token);
        Assert.Equal(("9780439023481", 2008, (int)BookCategory.Fiction, 20), (first!.Isbn, first.Year, first.Category, first.Available));
        Assert.Equal(-720, (await shop.Books.FindAsync(2, Token))!.Year);
        Assert.Equal("", (await shop.Books.FindAsync(3, Token))!.Isbn);
        Assert.Equal(3, (await ImportFolder.ImportAsync(shop, path, cancellationToken: Token)).Unchanged);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_goodbooks_book_that_the_shop_has_from_elsewhere_stays(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        await shop.AddAsync(4, Bookshop.Draft("The Hunger Games", "Suzanne Collins", isbn: "9780439023481"));
        using var folder = new ImportFolder();
        var path = folder.Write(
            $"{GoodbooksHeader}\n1,2,2,2,2,439023483,,Suzanne Collins,2008.0,,\"The Hunger Games (The Hunger Games, #1)\",eng\n");

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal(1, count.Unchanged);
        Assert.Equal("The Hunger Games", (await shop.Books.FindAsync(1, Token))!.Title);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_interrupted_goes_on_when_started_again(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write(Goodbooks(2000));
        using var interrupt = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ImportFolder.ImportAsync(shop, path, new Interrupter(interrupt), interrupt.Token));
        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal(2000, count.Added + count.Unchanged);
        Assert.Equal(1000, count.Unchanged);
        await shop.AssertLedgerAsync();
    }

    // On a quiet machine it takes two to four seconds; the limit is there to notice when it grows faster than the file.
    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Import_ten_thousand_rows_is_quick(DatabaseDialect engine)
    {
        await using var shop = await Bookshop.OpenAsync(engine);
        using var folder = new ImportFolder();
        var path = folder.Write(Goodbooks(10_000));
        var started = TimeProvider.System.GetTimestamp();

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal(10_000, count.Added);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("name,price\nx,1\n", "The header has neither the columns of the store")]
    [InlineData("title,author,Title\nx,y,z\n", "The header has the column title twice")]
    [InlineData("\"title", "The header has neither the columns of the store")]
    public async Task Import_file_without_a_known_header_is_refused(string text, string message)
    {
        await using var shop = await Bookshop.OpenAsync(DatabaseDialect.Sqlite);
        using var folder = new ImportFolder();

        var refused = await Assert.ThrowsAsync<ImportFileException>(
            () => ImportFolder.ImportAsync(shop, folder.Write(text), cancellationToken: Token));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_missing_file_or_directory_is_refused()
    {
        using var folder = new ImportFolder();

        Assert.Contains(
            "There is no file",
            Assert.Throws<ImportFileException>(() => CsvFile.Open(folder.PathOf("none.csv"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is a directory", Assert.Throws<ImportFileException>(() => CsvFile.Open(folder.PathOf("."))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_quote_that_is_never_closed_ends_there_and_says_so()
    {
        await using var shop = await Bookshop.OpenAsync(DatabaseDialect.Sqlite);
        using var folder = new ImportFolder();
        var path = folder.Write(
            "title,author\nEmma,Jane Austen\n\"Open,Never\n" + string.Concat(Enumerable.Repeat("Row,After\n", 200_000)));

        var count = await ImportFolder.ImportAsync(shop, path, cancellationToken: Token);

        Assert.Equal((1, 1), (count.Added, count.Rejected));
        Assert.Contains("closing quote", folder.Rejected()[1], StringComparison.Ordinal);
    }

    /// <summary>A file like goodbooks-10k's, with words repeated about as often as real titles repeat them.</summary>
    private static string Goodbooks(int rows)
    {
        var random = new Random(5);
        var text = new StringBuilder(GoodbooksHeader).Append('\n');
        for (var i = 1; i <= rows; i++)
        {
            var title = string.Join(' ', Enumerable.Range(0, 4).Select(_ => Word(random)));
            text.Append(
                CultureInfo.InvariantCulture,
                $"{i},{i},{i},{i},1,,,\"{Word(random)} {Word(random)}, {Word(random)}\",{1900 + (i % 120)}.0,,\"{title}, #{i}\",eng\n");
        }

        return text.ToString();
    }

    private static string Word(Random random)
    {
        // The smaller the number, the more often it comes.
        var number = (int)(15_000 * Math.Pow(random.NextDouble(), 3));
        return string.Concat(Enumerable.Range(0, 3).Select(i => "abcdefghijklmnopqrstuvwxyz"[number / (int)Math.Pow(25, i) % 25])) + "eri";
    }

    private sealed class Interrupter(CancellationTokenSource interrupt) : IProgress<ImportCount>
    {
        public void Report(ImportCount value) => interrupt.Cancel();
    }
}
