using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Marketplace.Covers;
using BooksForYou.Marketplace.People;
using BooksForYou.Marketplace.Shopping;
using BooksForYou.Marketplace.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using CartBasket = BooksForYou.Contracts.Cart.V1.Basket;

namespace BooksForYou.Marketplace.Pages;

/// <summary>The basket: what is in it, how many copies, what it costs now.</summary>
[NotKept]
internal sealed class BasketModel(Baskets baskets, BookCatalogue catalogue, CoverShelf covers) : PageModel
{
    /// <summary>What is in it; empty when nothing is.</summary>
    public CartBasket Basket { get; private set; } = new();

    /// <summary>Its books as they stand on a shelf, by number; without those that nothing is known of now.</summary>
    public IReadOnlyDictionary<int, BookTile> Tiles { get; private set; } = new Dictionary<int, BookTile>();

    /// <summary>Whether the basket cannot be looked into now.</summary>
    public bool IsAway { get; private set; }

    /// <summary>What became of the last change, if the visitor has to know.</summary>
    public string? Notice { get; private set; }

    /// <summary>How many copies the total is for: those of books that can no longer be bought are not in it.</summary>
    public int CopiesToBuy => Basket.Lines.Where(line => !line.Unavailable).Sum(line => line.Quantity);

    /// <summary>Whether everything in it can be bought as it is.</summary>
    public bool CanCheckOut => Basket.Priced && Basket.Lines.Count > 0 && Basket.Lines.All(line => !line.Unavailable && line.Available >= line.Quantity);

    public async Task OnGetAsync(string? notice)
    {
        Notice = BasketNotice.TextOf(notice);
        if (!Sessions.MayHaveBasket(HttpContext))
        {
            return;
        }

        var answer = await baskets.GetAsync(HttpContext);
        if (answer.Value is not { } basket)
        {
            IsAway = true;
            Unavailable.Mark(Response);
            return;
        }

        Basket = basket;
        Visitor.RememberCopies(HttpContext, basket.Copies);
        Tiles = await FindTilesAsync(basket);
    }

    public async Task<IActionResult> OnPostAddAsync(int book, int copies)
    {
        if (book < 1 || copies is < 1 or > Baskets.MostCopies)
        {
            return Back(BasketNotice.WrongNumber);
        }

        Visitor.Welcome(HttpContext);
        var answer = await baskets.AddAsync(HttpContext, book, copies);
        return Back(answer switch
        {
            { IsRefused: true } => BasketNotice.Full,
            { Value: null } => BasketNotice.NotSaved,
            { Value.Quantity: Baskets.MostCopies } when copies < Baskets.MostCopies => BasketNotice.Most,
            _ => BasketNotice.Added,
        });
    }

    public async Task<IActionResult> OnPostSetAsync(int book, int copies)
    {
        if (!Sessions.MayHaveBasket(HttpContext) || book < 1 || copies is < 0 or > Baskets.MostCopies)
        {
            return Back(BasketNotice.WrongNumber);
        }

        var answer = await baskets.SetAsync(HttpContext, book, copies);
        return Back(answer switch
        {
            { IsRefused: true } => BasketNotice.Gone,
            { Value: null } => BasketNotice.NotSaved,
            _ => copies == 0 ? BasketNotice.Removed : BasketNotice.Changed,
        });
    }

    // See Other (RFC 9110, section 15.4.4): a reload shows the basket again and changes nothing.
    private static SeeOther Back(string notice) => new($"/basket?notice={notice}");

    private async Task<IReadOnlyDictionary<int, BookTile>> FindTilesAsync(CartBasket basket)
    {
        var ids = basket.Lines.Select(line => line.BookId).ToList();

        // A basket without prices says that the catalogue is away: nobody has to wait to find it out once more.
        var books = basket.Priced ? await catalogue.GetBooksAsync(ids, HttpContext.RequestAborted) : catalogue.FindBooks(ids);
        var tiles = books.Select(book => new BookTile(book)).ToDictionary(tile => tile.Id);
        foreach (var tile in tiles.Values)
        {
            covers.Keep(tile.Cover);
        }

        return tiles;
    }
}
