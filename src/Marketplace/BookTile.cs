using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.Shopping;

namespace BooksForYou.Marketplace;

/// <summary>A book as it stands on a shelf of the shop: its cover, title and author.</summary>
internal sealed class BookTile
{
    /// <summary>Makes a tile of a recommendation.</summary>
    public BookTile(Recommendation book)
        : this(book.BookId, book.Title, book.Author, book.Category) => Reason = book.Reason;

    /// <summary>Makes a tile of a book.</summary>
    public BookTile(Book book)
        : this(book.BookId, book.Title, book.Author, book.Category)
    {
        Price = Prices.Format(book.Price);
        IsSoldOut = book.Available <= 0;
    }

    private BookTile(int id, string title, string author, BookCategory category)
    {
        Id = id;
        Title = title;
        Author = author;
        Href = HrefOf(id);
        Cover = new Cover(id, title, author, category);
    }

    /// <summary>The book's number in the catalogue.</summary>
    public int Id { get; }

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>The authors, separated by commas.</summary>
    public string Author { get; }

    /// <summary>Why it was chosen, or empty.</summary>
    public string Reason { get; } = "";

    /// <summary>What a copy costs, or empty when that is not known here.</summary>
    public string Price { get; } = "";

    /// <summary>Whether it is known that there is no copy to sell.</summary>
    public bool IsSoldOut { get; }

    /// <summary>The address of its page.</summary>
    public string Href { get; }

    /// <summary>Its cover.</summary>
    public Cover Cover { get; }

    /// <summary>The address of the page of a book.</summary>
    public static string HrefOf(int id) => string.Create(CultureInfo.InvariantCulture, $"/books/{id}");
}
