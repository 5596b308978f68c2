using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>Every page of the shop in every state that a visitor may find it in, by name, and how a visitor gets there.</summary>
internal static class PageViews
{
    // Of the form of a visitor's cookie, a sale's key and an order's number; they belong to nobody.
    private const string SomeToken = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string SomeOrder = "0123456789ABCDEFGHJKMNPQRS";

    public static readonly IReadOnlyDictionary<string, Func<Chromium, IBrowserContext, Task<PageVisit>>> All =
        new Dictionary<string, Func<Chromium, IBrowserContext, Task<PageVisit>>>(StringComparer.Ordinal)
        {
            ["home"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/"),
            ["home-without-services"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.EmptyShop, "/"),
            ["category"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/categories/science-fiction"),
            ["category-away"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.EmptyShop, "/categories/science-fiction"),
            ["search"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/search?q=night"),
            ["search-typo"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/search?q=agata%20cristie"),
            ["search-none"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/search?q=xyzzyplugh"),
            ["search-start"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/search"),
            ["search-away"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.EmptyShop, "/search?q=night"),
            ["suggestions"] = SuggestionsAsync,
            ["book"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/books/1"),
            ["book-few"] = (chromium, window) => BookAsync(chromium, window, quantity: 3),
            ["book-last"] = (chromium, window) => BookAsync(chromium, window, quantity: 1),
            ["book-sold-out"] = (chromium, window) => BookAsync(chromium, window, quantity: 0),
            ["book-out-of-print"] = (chromium, window) => BookAsync(chromium, window, quantity: 0, outOfPrint: true),
            ["book-away"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.EmptyShop, "/books/1"),
            ["basket-empty"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/basket"),
            ["basket"] = FilledBasketAsync,
            ["basket-changed"] = ChangedBasketAsync,
            ["basket-away"] = (chromium, window) => KnownVisitorAsync(window, chromium.EmptyShop, "/basket"),
            ["checkout"] = (chromium, window) => Shopper.AtCheckoutAsync(window, chromium.Shop),
            ["checkout-errors"] = CheckoutErrorsAsync,
            ["checkout-declined"] = CheckoutDeclinedAsync,
            ["checkout-away"] = (chromium, window) => KnownVisitorAsync(window, chromium.EmptyShop, "/checkout"),
            ["sale-under-way"] = (chromium, window) => KnownVisitorAsync(window, chromium.EmptyShop, $"/checkout/sale/{SomeToken}"),
            ["sale-not-placed"] = (chromium, window) => KnownVisitorAsync(window, chromium.Shop, $"/checkout/sale/{SomeToken}"),
            ["order"] = (chromium, window) => Shopper.BuyAsync(window, chromium.Shop, copies: 2),
            ["order-refunded"] = RefundedOrderAsync,
            ["order-away"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.EmptyShop, $"/orders/{SomeOrder}"),
            ["sign-in"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/sign-in"),
            ["sign-in-refused"] = SignInRefusedAsync,
            ["sign-in-away"] = (chromium, window) => SignInAsync(window, chromium.EmptyShop),
            ["sign-out"] = (chromium, window) => Customer.AtAsync(window, chromium.Shop, "/sign-out"),
            ["register"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/register"),
            ["register-errors"] = RegisterErrorsAsync,
            ["account"] = (chromium, window) => Customer.AtAsync(window, chromium.Shop, "/account"),
            ["password"] = (chromium, window) => Customer.AtAsync(window, chromium.Shop, "/account/password"),
            ["delete-account"] = (chromium, window) => Customer.AtAsync(window, chromium.Shop, "/account/delete"),
            ["orders"] = OrdersAsync,
            ["orders-none"] = (chromium, window) => Customer.AtAsync(window, chromium.Shop, "/account/orders"),
            ["forgot-password"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/forgot-password"),
            ["reset"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, $"/reset?link={SomeToken}"),
            ["confirm"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, $"/confirm?link={SomeToken}"),
            ["unsubscribe"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, $"/unsubscribe?link={SomeToken}"),
            ["ops"] = OpsAsync,
            ["basket-offer"] = (chromium, window) => FilledBasketAsync(chromium, window, copies: 3),
            ["basket-discount"] = DiscountedBasketAsync,
            ["not-found"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/no-such-page"),
            ["error"] = (chromium, window) => PageVisit.OpenAsync(window, chromium.Shop, "/broken"),
            ["stale-form"] = StaleFormAsync,
            ["too-many"] = TooManyAsync,
        };

    private static async Task<PageVisit> SuggestionsAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/");
        await visit.Page.Locator("#finder").PressSequentiallyAsync("the m");
        await visit.Page.Locator(".suggestion").First.WaitForAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        return visit;
    }

    private static async Task<PageVisit> BookAsync(Chromium chromium, IBrowserContext window, int quantity, bool outOfPrint = false)
    {
        var book = await chromium.Bookseller.AddBookAsync("The Keeper of the Last Lighthouse", quantity, outOfPrint: outOfPrint);
        return await PageVisit.OpenAsync(window, chromium.Shop, $"/books/{book.BookId}");
    }

    private static async Task<PageVisit> FilledBasketAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/");
        await Shopper.AddAsync(visit.Page, chromium.Shop, 1);
        await Shopper.AddAsync(visit.Page, chromium.Shop, 4, copies: 12);
        return visit;
    }

    /// <summary>A price has changed, copies have become few, and a book is gone for good.</summary>
    private static async Task<PageVisit> ChangedBasketAsync(Chromium chromium, IBrowserContext window)
    {
        var shop = chromium.Bookseller;
        var dearer = await shop.AddBookAsync("A Lamp Against the Dark", 20);
        var scarce = await shop.AddBookAsync("The Unreasonably Long and Thoroughly Indexed History of Small Harbours", 5);
        var gone = await shop.AddBookAsync("Salt", 2, outOfPrint: true);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/");
        await Shopper.AddAsync(visit.Page, chromium.Shop, dearer.BookId, 2);
        await Shopper.AddAsync(visit.Page, chromium.Shop, scarce.BookId, 4);
        await Shopper.AddAsync(visit.Page, chromium.Shop, gone.BookId);
        dearer.Price.Cents = 2199;
        await shop.Inventory.UpdateBookAsync(new UpdateBookRequest { Book = dearer });
        await shop.Inventory.AdjustStockAsync(new AdjustStockRequest { AdjustmentId = Guid.NewGuid().ToString(), BookId = scarce.BookId, Delta = -3, Reason = "water damage" });
        await shop.Inventory.AdjustStockAsync(new AdjustStockRequest { AdjustmentId = Guid.NewGuid().ToString(), BookId = gone.BookId, Delta = -2, Reason = "lost" });
        await visit.Page.GotoAsync(new Uri(chromium.Shop, "/basket").ToString());
        return visit;
    }

    private static async Task<PageVisit> KnownVisitorAsync(IBrowserContext window, Uri shop, string path)
    {
        await window.AddCookiesAsync([new() { Name = "visitor", Value = SomeToken, Url = shop.ToString() }]);
        return await PageVisit.OpenAsync(window, shop, path);
    }

    private static async Task<PageVisit> CheckoutErrorsAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await Shopper.AtCheckoutAsync(window, chromium.Shop);
        await Shopper.FillAsync(visit.Page, "4242 4242 4242 4241");
        await visit.Page.Locator("#email").FillAsync("ada");
        await visit.Page.Locator("#city").FillAsync("");
        await visit.Page.Locator("#expiry").FillAsync("12/20");
        await Shopper.PayAsync(visit.Page);
        await visit.Page.Locator("#email-error").WaitForAsync();
        return visit;
    }

    private static async Task<PageVisit> CheckoutDeclinedAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await Shopper.AtCheckoutAsync(window, chromium.Shop);
        await Shopper.FillAsync(visit.Page, Shopper.DeclinedCard);
        await Shopper.PayAsync(visit.Page);
        await visit.Page.Locator("[role=alert]").WaitForAsync();
        await visit.Page.Locator(".test-summary").ClickAsync();
        return visit;
    }

    private static async Task<PageVisit> RefundedOrderAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await Shopper.BuyAsync(window, chromium.Shop);
        await chromium.Bookseller.CancelAsync(Shopper.OrderOf(visit.Page));
        await visit.Page.ReloadAsync();
        return visit;
    }

    private static async Task<PageVisit> StaleFormAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/books/1");
        await window.ClearCookiesAsync();
        visit.Expect("/basket?handler=Add");
        await visit.Page.Locator(".buy-box button").ClickAsync();
        await visit.Page.Locator(".notice-code").WaitForAsync();
        return visit;
    }

    private static async Task<PageVisit> SignInAsync(IBrowserContext window, Uri shop)
    {
        var visit = await PageVisit.OpenAsync(window, shop, "/sign-in");
        visit.Expect("/sign-in");
        await new Customer().SignInAsync(visit.Page);
        await visit.Page.Locator("[role=alert]").WaitForAsync();
        return visit;
    }

    private static Task<PageVisit> SignInRefusedAsync(Chromium chromium, IBrowserContext window) => SignInAsync(window, chromium.Shop);

    private static async Task<PageVisit> RegisterErrorsAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/register");
        await visit.Page.Locator("#email").FillAsync("ada");
        await visit.Page.Locator("#newpassword").FillAsync("short");
        await visit.Page.Locator(".account-form button").ClickAsync();
        await visit.Page.Locator("#newpassword-error").WaitForAsync();
        return visit;
    }

    /// <summary>Pages that were looked at, one that broke, and a card that was refused.</summary>
    private static async Task<PageVisit> OpsAsync(Chromium chromium, IBrowserContext window)
    {
        await PageVisit.OpenAsync(window, chromium.Shop, "/broken");
        await CheckoutDeclinedAsync(chromium, window);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/sign-in");
        await visit.Page.Locator("#email").FillAsync(Bookseller.Email);
        await visit.Page.Locator("#password").FillAsync(Bookseller.Password);
        await visit.Page.Locator(".account-form button").ClickAsync();
        await visit.Page.Locator("a[href='/admin']").First.ClickAsync();
        await visit.Page.Locator(".admin-nav a[href='/ops']").ClickAsync();
        await visit.Page.Locator(".ops-charts").First.WaitForAsync();
        return visit;
    }

    private static async Task<PageVisit> OrdersAsync(Chromium chromium, IBrowserContext window)
    {
        await new Customer().RegisterAsync(window, chromium.Shop);
        var visit = await Shopper.BuyAsync(window, chromium.Shop, copies: 2);
        await visit.Page.GotoAsync(new Uri(chromium.Shop, "/account/orders").ToString());
        return visit;
    }

    private static async Task<PageVisit> DiscountedBasketAsync(Chromium chromium, IBrowserContext window)
    {
        await new Customer().RegisterAsync(window, chromium.Shop);
        return await FilledBasketAsync(chromium, window, copies: 3);
    }

    private static async Task<PageVisit> FilledBasketAsync(Chromium chromium, IBrowserContext window, int copies)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/");
        await Shopper.AddAsync(visit.Page, chromium.Shop, book: 2, copies);
        return visit;
    }

    private static async Task<PageVisit> TooManyAsync(Chromium chromium, IBrowserContext window)
    {
        var visit = await PageVisit.OpenAsync(window, chromium.StrictShop, "/search");
        await visit.Page.ReloadAsync();
        return visit;
    }
}
