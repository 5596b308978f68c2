using Microsoft.Extensions.Caching.Memory;

namespace BooksForYou.Marketplace.Covers;

/// <summary>The covers of the books that have been shown lately, so that a browser that asks for them needs no other service.</summary>
internal sealed class CoverShelf : IDisposable
{
    private const int CoversKept = 5_000;

    private readonly MemoryCache _covers = new(new MemoryCacheOptions { SizeLimit = CoversKept });

    /// <summary>The cover of a book, if it has been shown lately.</summary>
    public Cover? Find(int bookId) => _covers.Get<Cover>(bookId);

    /// <summary>Keeps a cover that is about to be shown.</summary>
    /// <returns>The cover that is kept: an earlier one if it looks the same.</returns>
    public Cover Keep(Cover cover)
    {
        if (Find(cover.BookId) is { } kept && kept.Version == cover.Version)
        {
            return kept;
        }

        return _covers.Set(cover.BookId, cover, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <inheritdoc/>
    public void Dispose() => _covers.Dispose();
}
