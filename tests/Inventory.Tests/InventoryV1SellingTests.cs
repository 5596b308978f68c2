using BooksForYou.ServiceKit.Errors;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.Inventory.Tests;

/// <summary>What sales and booksellers do, over gRPC.</summary>
public sealed class InventoryV1SellingTests(RunningOnEachEngine running) : IClassFixture<RunningOnEachEngine>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task Sale_from_reservation_to_return_shows_in_the_ledger(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var book = await AddAsync(engine, "A sale", copies: 5);
        var id = NewId();

        var reserved = await client.ReserveStockAsync(Reserve(id, book, 2), cancellationToken: Token);
        Assert.InRange(
            reserved.ExpireTime.ToDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(850), TimeSpan.FromSeconds(901));
        var held = await client.ListStockEntriesAsync(new ListStockEntriesRequest { BookId = book }, cancellationToken: Token);
        await client.CommitReservationAsync(new CommitReservationRequest { ReservationId = id }, cancellationToken: Token);
        await client.ReturnReservationAsync(new ReturnReservationRequest { ReservationId = id }, cancellationToken: Token);
        var after = await client.ListStockEntriesAsync(new ListStockEntriesRequest { BookId = book }, cancellationToken: Token);

        Assert.Equal((5L, 2L, 3L), (held.LedgerTotal, held.Reserved, held.Available));
        Assert.Equal((5L, 0L, 5L), (after.LedgerTotal, after.Reserved, after.Available));
        Assert.Equal(
            [(2, "returned", id), (-2, "sold", id)], after.Entries.Take(2).Select(entry => (entry.Delta, entry.Reason, entry.Reference)));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ReserveStock_short_says_what_is_left_in_the_details(DatabaseDialect engine)
    {
        var book = await AddAsync(engine, "Two left", copies: 2);

        var refused = await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition, running.Client(engine).ReserveStockAsync(Reserve(NewId(), book, 3), cancellationToken: Token));

        Assert.Equal(
            new StockShortages { Shortages = { new StockShortage { BookId = book, Requested = 3, Available = 2 } } }, refused.GetDetail<StockShortages>()!);
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ReserveStock_time_over_copies_go_back_by_themselves(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var book = await AddAsync(engine, "One second", copies: 1);
        var request = Reserve(NewId(), book, 1);
        request.TtlSeconds = 1;
        await client.ReserveStockAsync(request, cancellationToken: Token);

        // Reading over and over, since what is waited for happens in the service: nobody else asks for this book.
        Book found;
        do
        {
            found = (await client.GetBookAsync(new GetBookRequest { BookId = book }, cancellationToken: Token)).Book;
        }
        while (found.Available == 0);

        var refused = await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            client.CommitReservationAsync(
                new CommitReservationRequest { ReservationId = request.ReservationId }, cancellationToken: Token));
        Assert.Equal("RESERVATION_EXPIRED", refused.GetDetail<Google.Rpc.ErrorInfo>()?.Type);
    }

    [Fact]
    public async Task ReserveStock_bad_request_names_every_field()
    {
        var client = running.Client(DatabaseDialect.Sqlite);
        var request = new ReserveStockRequest
        {
            TtlSeconds = 86_401,
            Lines = { new StockLine { BookId = 1, Quantity = 0 }, new StockLine { BookId = 1, Quantity = 10_000 } },
        };

        await StatusAssert.FailsForFieldsAsync(
            ["reservation_id", "ttl_seconds", "lines[0].quantity", "lines[1].quantity", "lines[1].book_id"], client.ReserveStockAsync(
                request, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["lines"], client.ReserveStockAsync(new ReserveStockRequest { ReservationId = "r" }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["reservation_id"], client.CommitReservationAsync(
                new CommitReservationRequest { ReservationId = new string('x', 101) }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["reservation_id"], client.ReleaseReservationAsync(
                new ReleaseReservationRequest { ReservationId = "nul\0" }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddBook_same_key_gives_the_same_book_and_first_answer(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var request = Add("Added once", 3);
        var added = await client.AddBookAsync(request, cancellationToken: Token);
        var changed = added.Book.Clone();
        changed.Title = "Changed since";
        await client.UpdateBookAsync(new UpdateBookRequest { Book = changed }, cancellationToken: Token);

        Assert.Equal(added, await client.AddBookAsync(request, cancellationToken: Token));

        Assert.Equal(3, added.Book.Available);
        request.InitialQuantity = 4;
        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, client.AddBookAsync(request, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddBook_many_callers_with_one_key_add_one_book(DatabaseDialect engine)
    {
        var request = Add("Ten callers", 1);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => running.Client(engine).AddBookAsync(request, cancellationToken: Token).ResponseAsync));

        Assert.Single(answers.Select(answer => answer.Book.BookId).Distinct());
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AddBook_isbn_of_another_book_already_exists(DatabaseDialect engine)
    {
        var request = Add("Falcon again", 1);
        request.Book.Isbn = "9780752865331";

        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, running.Client(engine).AddBookAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task AddBook_bad_request_names_every_field()
    {
        var client = running.Client(DatabaseDialect.Sqlite);
        var request = new AddBookRequest
        {
            InitialQuantity = -1,
            Book = new Book
            {
                BookId = 5,
                Title = " ",
                Author = new string('x', 1001),
                Year = 10_000,
                Isbn = "9780752865332",
                Category = (BookCategory)44,
                Description = "bell\a",
                Price = new Money { Cents = 100_000_001, Currency = "USD" },
            },
        };

        await StatusAssert.FailsForFieldsAsync(
            [
                "book.title", "book.author", "book.year", "book.isbn", "book.category", "book.description", "book.price.cents", "book.price.currency",
                "idempotency_key", "book.book_id", "initial_quantity",
            ],
            client.AddBookAsync(request, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["book", "idempotency_key"], client.AddBookAsync(new AddBookRequest(), cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["book.price"], client.UpdateBookAsync(new UpdateBookRequest { Book = new Book() }, cancellationToken: Token));
        var negative = Add("Negative", 1);
        negative.Book.Price.Cents = -1;
        await StatusAssert.FailsForFieldsAsync(["book.price.cents"], client.AddBookAsync(negative, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task UpdateBook_writes_all_but_the_stock(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var book = (await client.AddBookAsync(Add("Before", 3), cancellationToken: Token)).Book;
        book.Title = "Àfter";
        book.ClearYear();
        book.Price.Cents = 1234;
        book.Category = BookCategory.History;
        book.OutOfPrint = true;
        book.Available = 77;

        var updated = (await client.UpdateBookAsync(new UpdateBookRequest { Book = book }, cancellationToken: Token)).Book;

        book.Available = 3;
        Assert.Equal(book, updated);
        Assert.Equal(book, (await client.GetBookAsync(new GetBookRequest { BookId = book.BookId }, cancellationToken: Token)).Book);
        Assert.Contains(book, (await client.ListBooksAsync(
            new ListBooksRequest { Category = BookCategory.History, Order = BookOrder.BestSelling, PageSize = 100 }, cancellationToken: Token)).Books);
        book.BookId = 999_999;
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, client.UpdateBookAsync(new UpdateBookRequest { Book = book }, cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task AdjustStock_is_checked_and_answers_with_what_is_available(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var book = await AddAsync(engine, "Adjusted", copies: 1);

        var answer = await client.AdjustStockAsync(
            new AdjustStockRequest { AdjustmentId = NewId(), BookId = book, Delta = 4, Reason = "delivery" }, cancellationToken: Token);
        Assert.Equal(5, answer.Available);
        await StatusAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            client.AdjustStockAsync(
                new AdjustStockRequest { AdjustmentId = NewId(), BookId = book, Delta = -6, Reason = "loss" }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["adjustment_id", "delta", "reason"], client.AdjustStockAsync(
                new AdjustStockRequest { BookId = book }, cancellationToken: Token));
        await StatusAssert.FailsForFieldsAsync(
            ["delta"],
            client.AdjustStockAsync(
                new AdjustStockRequest { AdjustmentId = "x", BookId = book, Delta = int.MinValue, Reason = "loss" },
                cancellationToken: Token));
    }

    [Theory, ClassData(typeof(DatabaseEngines))]
    public async Task ListStockEntries_page_by_page_gives_the_newest_first(DatabaseDialect engine)
    {
        var client = running.Client(engine);
        var book = await AddAsync(engine, "Counted often", copies: 1);
        for (var i = 1; i <= 6; i++)
        {
            await client.AdjustStockAsync(
                new AdjustStockRequest { AdjustmentId = NewId(), BookId = book, Delta = i, Reason = "count" }, cancellationToken: Token);
        }

        var first = await client.ListStockEntriesAsync(
            new ListStockEntriesRequest { BookId = book, PageSize = 4 }, cancellationToken: Token);
        var second = await client.ListStockEntriesAsync(
            new ListStockEntriesRequest { BookId = book, PageSize = 4, PageToken = first.NextPageToken }, cancellationToken: Token);

        Assert.Equal([6, 5, 4, 3, 2, 1, 1], first.Entries.Concat(second.Entries).Select(entry => entry.Delta));
        Assert.Equal((22L, ""), (second.LedgerTotal, second.NextPageToken));
        await StatusAssert.FailsAsync(
            StatusCode.NotFound, client.ListStockEntriesAsync(new ListStockEntriesRequest { BookId = -1 }, cancellationToken: Token));
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static ReserveStockRequest Reserve(string id, int book, int quantity) =>
        new() { ReservationId = id, Lines = { new StockLine { BookId = book, Quantity = quantity } } };

    private static AddBookRequest Add(string title, int copies) => new()
    {
        IdempotencyKey = NewId(),
        InitialQuantity = copies,
        Book = new Book { Title = title, Author = "A. N. Author", Year = 2020, Category = BookCategory.Fiction, Price = new Money { Cents = 500, Currency = "EUR" } },
    };

    private async Task<int> AddAsync(DatabaseDialect engine, string title, int copies) =>
        (await running.Client(engine).AddBookAsync(Add(title, copies), cancellationToken: Token)).Book.BookId;
}
