using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>People who buy: on a phone and on a desktop, with a card that is good and with one that is not, in a hurry, and without scripts.</summary>
public sealed class PurchaseTests(Chromium chromium)
{
    [Fact]
    public async Task Purchase_from_the_search_to_the_order_sends_a_receipt()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;
        await page.Locator("#finder").FillAsync("maltese falcon");
        await page.Locator(".finder-button").ClickAsync();
        await page.Locator(".tile-link").First.ClickAsync();
        await page.WaitForURLAsync("**/books/*");
        var title = (await page.Locator("h1").TextContentAsync())!;
        await page.Locator(".buy-box button").ClickAsync();
        Assert.Equal("1", await page.Locator(".till-copies").EvaluateAsync<string>("copies => copies.firstChild.textContent"));
        await page.Locator("text=Go to checkout").ClickAsync();
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/orders/*");

        Assert.Contains("Thank you", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains(title, await page.Locator(".receipt-table").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("4242", await page.Locator(".receipt-facts").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".till-copies").CountAsync());
        var receipt = await ReceiptOfAsync(Shopper.OrderOf(page));
        Assert.Contains("ada@example.com", receipt, StringComparison.Ordinal);
        Assert.Contains(title, receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purchase_on_a_phone_never_scrolls_sideways()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var visit = await PageVisit.OpenAsync(window, chromium.Shop, "/search?q=maltese%20falcon");
        var page = visit.Page;
        await PageLookTests.AssertSoundAsync(visit);
        await page.Locator(".tile-link").First.ClickAsync();
        await page.WaitForURLAsync("**/books/*");
        await PageLookTests.AssertSoundAsync(visit);
        await page.Locator(".buy-box button").ClickAsync();
        await page.WaitForURLAsync("**/basket?notice=added");
        await PageLookTests.AssertSoundAsync(visit);
        await page.Locator("text=Go to checkout").ClickAsync();
        await page.WaitForURLAsync("**/checkout");
        await PageLookTests.AssertSoundAsync(visit);
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/orders/*");

        await PageLookTests.AssertSoundAsync(visit);
    }

    [Fact]
    public async Task Purchase_with_the_keyboard_alone_ends_with_an_order()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;
        await TabToAsync(page, "#finder");
        await page.Keyboard.TypeAsync("maltese falc");
        await page.Locator(".suggestion").First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/books/*");
        await TabToAsync(page, ".buy-box button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/basket?notice=added");
        await TabToAsync(page, ".sum-button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/checkout");
        foreach (var (field, text) in new[] { ("email", "ada@example.com"), ("name", "Ada Lovelace"), ("street", "12 St James's Square"), ("city", "London"), ("country", "United K"), ("number", "4242424242424242"), ("expiry", "1234"), ("securitycode", "123") })
        {
            await TabToAsync(page, $"#{field}");
            await page.Keyboard.TypeAsync(text);
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/orders/*");

        Assert.Contains("United Kingdom", await page.Locator(".receipt-lines").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purchase_scripts_turned_off_finds_a_book_and_ends_with_an_order()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone, javaScript: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(chromium.Shop.ToString());
        await page.Locator("#finder").FillAsync("Maltese Falcon");
        await page.Locator(".finder-button").ClickAsync();
        await page.Locator(".tile-link").First.ClickAsync();
        await page.Locator(".buy-box button").ClickAsync();
        await page.Locator("text=Go to checkout").ClickAsync();
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);

        await page.WaitForURLAsync("**/orders/*");
    }

    [Fact]
    public async Task Card_declined_keeps_basket_and_address_and_another_card_pays()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await Shopper.AtCheckoutAsync(window, chromium.Shop, copies: 2)).Page;
        await Shopper.FillAsync(page, Shopper.DeclinedCard);
        await Shopper.PayAsync(page);

        await page.Locator("[role=alert]").WaitForAsync();
        Assert.Contains("declined", await page.Locator("[role=alert]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("alert", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('role')"));
        Assert.Equal("", await page.Locator("#number").InputValueAsync());
        Assert.Equal("", await page.Locator("#securitycode").InputValueAsync());
        Assert.Equal("12 St James's Square", await page.Locator("#street").InputValueAsync());
        Assert.Equal("2", await page.Locator(".till-copies").EvaluateAsync<string>("copies => copies.firstChild.textContent"));
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);

        await page.WaitForURLAsync("**/orders/*");
    }

    [Fact]
    public async Task Form_left_empty_says_beside_each_field_what_is_missing()
    {
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var page = (await Shopper.AtCheckoutAsync(window, chromium.Shop)).Page;

        await Shopper.PayAsync(page);

        await page.Locator("#email-error").WaitForAsync();
        Assert.Equal(await page.Locator(".field-error").CountAsync(), await page.Locator(".note-item").CountAsync());
        await page.Locator(".note-item a").First.ClickAsync();
        Assert.Equal("email", await page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pay_double_clicked_is_one_order(bool javaScript)
    {
        var book = await chromium.Bookseller.AddBookAsync("Twice", quantity: 10);
        await using var window = await chromium.OpenAsync(Screen.Desktop, javaScript: javaScript);
        var page = await window.NewPageAsync();
        await Shopper.AddAsync(page, chromium.Shop, book.BookId);
        await page.Locator("text=Go to checkout").ClickAsync();
        await Shopper.FillAsync(page, Shopper.SlowCard);

        await page.Locator(".sum-button").DblClickAsync();
        await page.WaitForURLAsync("**/orders/*");

        Assert.Contains("Thank you", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(9, (await chromium.Bookseller.Inventory.GetBookAsync(new() { BookId = book.BookId })).Book.Available);
        await page.GotoAsync(new Uri(chromium.Shop, "/basket").ToString());
        Assert.Equal(0, await page.Locator(".basket-line").CountAsync());
    }

    [Fact]
    public async Task Form_posted_again_is_the_same_order()
    {
        var book = await chromium.Bookseller.AddBookAsync("Reload", quantity: 10);
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await Shopper.AtCheckoutAsync(window, chromium.Shop, book.BookId)).Page;
        await Shopper.FillAsync(page, Shopper.GoodCard);
        var fields = await page.EvaluateAsync<string>("() => new URLSearchParams(new FormData(document.querySelector('.checkout-grid'))).toString()");
        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/orders/*");
        var order = page.Url;

        await page.ReloadAsync();
        Assert.Equal(order, page.Url);
        var again = await page.EvaluateAsync<string>(
            "async fields => (await fetch('/checkout', { method: 'POST', body: fields, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).url", fields);

        Assert.Equal(order, again);
        Assert.Equal(9, (await chromium.Bookseller.Inventory.GetBookAsync(new() { BookId = book.BookId })).Book.Available);
    }

    [Fact]
    public async Task Order_gone_back_from_finds_an_empty_basket_and_no_form()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await Shopper.BuyAsync(window, chromium.Shop)).Page;

        await page.GoBackAsync();

        Assert.Equal("/basket", new Uri(page.Url).AbsolutePath);
        Assert.Equal(0, await page.Locator("input[name='Form.Key']").CountAsync());
        Assert.Equal(1, await page.Locator(".empty").CountAsync());
        await page.GoForwardAsync();
        Assert.Contains("Thank you", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basket_edited_in_two_tabs_loses_neither_edit()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var first = (await PageVisit.OpenAsync(window, chromium.Shop, "/books/1")).Page;
        await Shopper.AddAsync(first, chromium.Shop, 1);
        await Shopper.AddAsync(first, chromium.Shop, 2);
        var second = (await PageVisit.OpenAsync(window, chromium.Shop, "/basket")).Page;

        await Task.WhenAll(SetAsync(first, book: 1, copies: 5), SetAsync(second, book: 2, copies: 7));
        await first.ReloadAsync();

        Assert.Equal("5", await first.Locator("#copies-1").InputValueAsync());
        Assert.Equal("7", await first.Locator("#copies-2").InputValueAsync());
    }

    [Fact]
    public async Task Checkout_of_a_basket_that_another_tab_has_changed_is_not_charged()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await Shopper.AtCheckoutAsync(window, chromium.Shop)).Page;
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.AddAsync(await window.NewPageAsync(), chromium.Shop, 4);

        await Shopper.PayAsync(page);

        await page.Locator("[role=alert]").WaitForAsync();
        Assert.Contains("Your basket has changed", await page.Locator("[role=alert]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator(".sum-row:not(.sum-total) dt:not(:has-text('Delivery'))").CountAsync());
    }

    [Fact]
    public async Task Price_risen_since_the_page_was_shown_is_asked_and_not_charged()
    {
        var book = await chromium.Bookseller.AddBookAsync("Dearer by the Minute", quantity: 10, cents: 1000);
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = (await Shopper.AtCheckoutAsync(window, chromium.Shop, book.BookId)).Page;
        await Shopper.FillAsync(page, Shopper.GoodCard);
        book.Price.Cents = 1250;
        await chromium.Bookseller.Inventory.UpdateBookAsync(new() { Book = book });

        await Shopper.PayAsync(page);

        await page.Locator("[role=alert]").WaitForAsync();
        Assert.Contains("€12.50", await page.Locator("[role=alert]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("Pay €12.50", await page.Locator(".sum-button").TextContentAsync());
        Assert.Equal(10, (await chromium.Bookseller.Inventory.GetBookAsync(new() { BookId = book.BookId })).Book.Available);
    }

    [Fact]
    public async Task Receipt_printed_has_the_order_and_nothing_of_the_shop()
    {
        await using var window = await chromium.OpenAsync(Screen.Desktop, ColorScheme.Dark);
        var page = (await Shopper.BuyAsync(window, chromium.Shop, copies: 3)).Page;

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await page.Locator(".receipt-table").IsVisibleAsync());
        foreach (var part in new[] { ".finder", ".masthead-ways", ".signs", ".footer-nav", ".receipt-ways a" })
        {
            Assert.False(await page.Locator(part).IsVisibleAsync(), $"{part} is printed.");
        }

        await PageLookTests.KeepAsync(page, "order-print");
        var pdf = await page.PdfAsync(new() { Format = "A4", Path = Path.Combine(Repository.Screenshots, "order-print.pdf") });
        Assert.Equal(1, System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1);
    }

    private static async Task SetAsync(IPage page, int book, int copies)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/basket").ToString());
        await page.Locator($"#copies-{book}").FillAsync($"{copies}");
        await page.Locator($"#copies-{book}").PressAsync("Enter");
        await page.WaitForURLAsync("**/basket?notice=changed");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not get to {selector}.");
    }

    /// <summary>The receipt is written by the shop's outbox, a moment after the order.</summary>
    private Task<string> ReceiptOfAsync(string orderId) =>
        MailBox.WaitForAsync(chromium.Bookseller.MailFolder, mail => mail.Contains(orderId, StringComparison.Ordinal) ? mail : null);
}
