using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Peers;

namespace BooksForYou.Marketplace.Shopkeeping;

/// <summary>Catalogue and stock as those see them who run the shop: nothing is from memory.</summary>
internal sealed class StockRoom(InventoryService.InventoryServiceClient inventory, AdminCalls calls)
{
    /// <summary>All books by title, a page at a time; or those that are found for words.</summary>
    public async Task<Answer<ListBooksResponse>> ListAsync(HttpContext http, string query, string pageToken)
    {
        if (query.Length == 0)
        {
            var list = new ListBooksRequest { Order = BookOrder.Title, PageToken = pageToken };
            return await calls.AskAsync(http, PeerNames.Catalogue, call => inventory.ListBooksAsync(list, call));
        }

        var search = new SearchBooksRequest { Query = query, PageToken = pageToken };
        var found = await calls.AskAsync(http, PeerNames.Catalogue, call => inventory.SearchBooksAsync(search, call));
        return found.Select(page => new ListBooksResponse { Books = { page.Books }, NextPageToken = page.NextPageToken });
    }

    /// <summary>A book.</summary>
    public async Task<Answer<Book>> FindAsync(HttpContext http, int bookId)
    {
        var answer = await calls.AskAsync(http, PeerNames.Catalogue, call => inventory.GetBookAsync(new GetBookRequest { BookId = bookId }, call));
        return answer.Select(response => response.Book);
    }

    /// <summary>Adds a book; the same key adds it once.</summary>
    public Task<Answer<AddBookResponse>> AddAsync(HttpContext http, AddBookRequest request) =>
        calls.AskAsync(http, PeerNames.Catalogue, call => inventory.AddBookAsync(request, call));

    /// <summary>Changes a book.</summary>
    public Task<Answer<UpdateBookResponse>> UpdateAsync(HttpContext http, Book book) =>
        calls.AskAsync(http, PeerNames.Catalogue, call => inventory.UpdateBookAsync(new UpdateBookRequest { Book = book }, call));

    /// <summary>Changes how many copies there are; the same id does so once.</summary>
    public Task<Answer<AdjustStockResponse>> AdjustAsync(HttpContext http, AdjustStockRequest request) =>
        calls.AskAsync(http, PeerNames.Catalogue, call => inventory.AdjustStockAsync(request, call));

    /// <summary>The stock ledger of a book, a page at a time.</summary>
    public Task<Answer<ListStockEntriesResponse>> ListEntriesAsync(HttpContext http, int bookId, string pageToken)
    {
        var request = new ListStockEntriesRequest { BookId = bookId, PageToken = pageToken };
        return calls.AskAsync(http, PeerNames.Catalogue, call => inventory.ListStockEntriesAsync(request, call));
    }
}
