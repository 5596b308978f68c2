using System.Globalization;
using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Covers;

/// <summary>The cover of a book: its address, and its drawing once somebody wants to see it.</summary>
internal sealed class Cover
{
    // Another build may draw another cover: then it has another address, and nobody sees an old one from a cache.
    private static readonly ulong Edition = CoverChoices.Fingerprint(typeof(Cover).Module.ModuleVersionId.ToString(), "");

    private readonly string _title;
    private readonly string _author;
    private readonly BookCategory _category;
    private byte[]? _svg;

    public Cover(int bookId, string title, string author, BookCategory category)
    {
        _title = title;
        _author = author;
        _category = category;
        BookId = bookId;
        Version = ((CoverChoices.Fingerprint(title, author) ^ Edition) + (ulong)category).ToString("x16", CultureInfo.InvariantCulture);
        Href = $"/covers/{bookId}.svg?v={Version}";
    }

    /// <summary>The book's number in the catalogue.</summary>
    public int BookId { get; }

    /// <summary>Differs whenever the drawing differs.</summary>
    public string Version { get; }

    /// <summary>The address of the drawing; what is found there never changes.</summary>
    public string Href { get; }

    /// <summary>The drawing: an SVG document in UTF-8.</summary>
    public ReadOnlyMemory<byte> Svg => _svg ??= CoverPress.Print(_title, _author, _category);
}
