using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory.Stock;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Inventory.Catalogue;

/// <summary>Reads the book of an admin call, and checks all of it before anything is written.</summary>
internal static class BookRequest
{
    private const int LongestKey = 100;

    /// <summary>Reads the book to add.</summary>
    /// <exception cref="InvalidArgumentException">Something is wrong with it.</exception>
    public static BookDraft Read(AddBookRequest request, string shopCurrency)
    {
        var problems = Problems(request.Book, shopCurrency).ToList();
        problems.AddRange(KeyProblems("idempotency_key", request.IdempotencyKey));
        if (request.Book is { BookId: not 0 })
        {
            problems.Add(new FieldViolation("book.book_id", "must be 0: the service gives the number"));
        }

        if (request.InitialQuantity is < 0 or > StockStore.MostOnHand)
        {
            problems.Add(new FieldViolation("initial_quantity", $"must be from 0 to {StockStore.MostOnHand}"));
        }

        return problems.Count == 0 ? Draft(request.Book!, shopCurrency) : throw new InvalidArgumentException([.. problems]);
    }

    /// <summary>Reads the book to write over.</summary>
    /// <exception cref="InvalidArgumentException">Something is wrong with it.</exception>
    public static BookDraft Read(UpdateBookRequest request, string shopCurrency)
    {
        var problems = Problems(request.Book, shopCurrency).ToList();
        return problems.Count == 0 ? Draft(request.Book!, shopCurrency) : throw new InvalidArgumentException([.. problems]);
    }

    /// <summary>What is wrong with a key that a caller chose.</summary>
    public static IEnumerable<FieldViolation> KeyProblems(string field, string key)
    {
        if (key.Length is 0 or > LongestKey)
        {
            yield return new FieldViolation(field, $"must be 1 to {LongestKey} characters");
        }
        else if (key.Any(char.IsControl))
        {
            yield return new FieldViolation(field, "must not contain control characters");
        }
    }

    private static IEnumerable<FieldViolation> Problems(Book? book, string shopCurrency) => book switch
    {
        null => [new FieldViolation("book", "must be set")],
        { Price: null } => [new FieldViolation("book.price", "must be set")],
        _ => Draft(book, shopCurrency).Problems(shopCurrency).Select(problem => problem with { Field = $"book.{problem.Field}" }),
    };

    private static BookDraft Draft(Book book, string shopCurrency) => new()
    {
        Title = book.Title.Trim(),
        Author = book.Author.Trim(),
        Year = book.HasYear ? book.Year : null,
        Isbn = book.Isbn,
        Category = book.Category,
        Description = book.Description.Trim(),
        PriceCents = book.Price.Cents,
        Currency = book.Price.Currency.Length == 0 ? shopCurrency : book.Price.Currency,
        OutOfPrint = book.OutOfPrint,
    };
}
