using System.Text.RegularExpressions;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Marketplace.Tests;
using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>People with an account, in a real browser: from the register page to the mail that they want no more of.</summary>
public sealed class PeopleTests(Chromium chromium)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_with_a_filled_basket_registers_signs_out_and_in_and_finds_all_of_it()
    {
        var customer = new Customer();
        await using var window = await chromium.OpenAsync(Screen.Desktop);
        var page = await window.NewPageAsync();
        await Shopper.AddAsync(page, chromium.Shop, book: 2, copies: 2);
        await page.Locator(".till-name").ClickAsync();
        await page.Locator("text=Open an account").ClickAsync();
        await customer.FillInAsync(page);
        await page.Locator("text=Open the account").ClickAsync();
        await page.WaitForURLAsync("**/basket");
        Assert.Equal(2, await CopiesAsync(page));
        await Customer.SignOutAsync(page, chromium.Shop);
        Assert.Equal(0, await page.Locator(".till-copies").CountAsync());

        await Shopper.AddAsync(page, chromium.Shop, book: 3);
        await page.Locator(".till-name").ClickAsync();
        await customer.SignInAsync(page);
        await page.WaitForURLAsync("**/basket");

        Assert.Equal(3, await CopiesAsync(page));
        Assert.Equal(2, await page.Locator(".basket-line").CountAsync());
        Assert.Contains("Ada Lovelace", await page.Locator(".till-name").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotion_is_offered_used_once_and_offered_no_more()
    {
        var customer = new Customer();
        var book = await chromium.Bookseller.AddBookAsync("Three of a Kind", quantity: 20, cents: 1000);
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var page = (await PageVisit.OpenAsync(window, chromium.Shop, "/")).Page;
        await UntilAsync(page, ".offer", isThere: true);
        await Shopper.AddAsync(page, chromium.Shop, book.BookId, copies: 3);
        Assert.Contains("€30.00", await page.Locator(".sum-total").TextContentAsync(), StringComparison.Ordinal);

        await page.Locator(".sum-offer a").ClickAsync();
        await page.Locator("text=Open an account").ClickAsync();
        await customer.FillInAsync(page);
        await page.Locator("text=Open the account").ClickAsync();
        await page.WaitForURLAsync("**/basket");
        Assert.Contains("−€10.00", await page.Locator(".sum-discount").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("€20.00", await page.Locator(".sum-total").TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync(chromium.Shop.ToString());
        Assert.Equal(1, await page.Locator(".offer").CountAsync());
        await page.GotoAsync(new Uri(chromium.Shop, "/checkout").ToString());
        await Shopper.FillAsync(page, Shopper.GoodCard);
        await Shopper.PayAsync(page);
        await page.WaitForURLAsync("**/orders/*");

        Assert.Contains("−€10.00", await page.Locator(".receipt-table").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("€20.00", await page.Locator(".receipt-total").TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync(chromium.Shop.ToString());
        Assert.Equal(0, await page.Locator(".offer").CountAsync());
        await Shopper.AddAsync(page, chromium.Shop, book.BookId, copies: 3);
        Assert.Equal(0, await page.Locator(".sum-discount, .sum-offer").CountAsync());
        Assert.Contains("€30.00", await page.Locator(".sum-total").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_changed_in_one_browser_signs_out_the_other()
    {
        const string NewPassword = "eleven quiet foxes at dusk";
        var customer = new Customer();
        await using var here = await chromium.OpenAsync(Screen.Desktop);
        await using var there = await chromium.OpenAsync(Screen.Phone);
        var page = (await customer.RegisterAsync(here, chromium.Shop)).Page;
        var other = (await PageVisit.OpenAsync(there, chromium.Shop, "/sign-in?next=/account")).Page;
        await customer.SignInAsync(other);
        await other.WaitForURLAsync("**/account");

        await page.Locator("text=Change the password").ClickAsync();
        await page.Locator("#password").FillAsync(Customer.Password);
        await page.Locator("#newpassword").FillAsync(NewPassword);
        await page.Locator("text=Change it").ClickAsync();
        await page.WaitForURLAsync("**/account?notice=password");
        await other.ReloadAsync();

        Assert.Contains("/sign-in?next=%2Faccount", other.Url, StringComparison.Ordinal);
        await customer.SignInAsync(other);
        await other.Locator("[role=alert]").WaitForAsync();
        Assert.Equal("alert", await other.EvaluateAsync<string>("() => document.activeElement.getAttribute('role')"));
        await customer.SignInAsync(other, NewPassword);
        await other.WaitForURLAsync("**/account");
    }

    [Fact]
    public async Task Mails_about_offers_end_with_one_press_on_the_page_that_the_mail_leads_to()
    {
        var customer = new Customer();
        await using var window = await chromium.OpenAsync(Screen.Phone);
        var page = (await customer.RegisterAsync(window, chromium.Shop)).Page;
        await page.GotoAsync(await MailedAddressAsync(customer, "/confirm"));
        await page.Locator("text=Confirm the address").ClickAsync();
        await page.Locator("text=your address is confirmed").WaitForAsync();
        await MailCampaignAsync();
        await page.GotoAsync(await MailedAddressAsync(customer, "/unsubscribe"));

        await page.Locator("text=Send me no more offers").ClickAsync();
        await page.Locator("text=no more mails about offers").WaitForAsync();

        await page.GotoAsync(new Uri(chromium.Shop, "/account").ToString());
        Assert.False(await page.Locator("#mailconsent").IsCheckedAsync());
    }

    private static async Task<int> CopiesAsync(IPage page) =>
        int.Parse(await page.Locator(".till-copies").EvaluateAsync<string>("copies => copies.firstChild.textContent"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Loads a page until something is on it: the shop learns of offers in the background.</summary>
    private static async Task UntilAsync(IPage page, string selector, bool isThere)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while (await page.Locator(selector).CountAsync() > 0 != isThere)
        {
            limit.Token.ThrowIfCancellationRequested();
            await page.ReloadAsync();
        }
    }

    private async Task MailCampaignAsync()
    {
        var headers = await chromium.Bookseller.ServiceHeadersAsync();
        var consents = await chromium.Bookseller.Accounts.ListMailConsentsAsync(new ListMailConsentsRequest(), headers, cancellationToken: Cancellation);
        var mail = new QueueCampaignMailRequest { CampaignId = $"{Guid.NewGuid():N}", Subject = "Owls", Text = "Owls are half price.", AccountIds = { consents.AccountIds } };
        await chromium.Bookseller.Accounts.QueueCampaignMailAsync(mail, headers, cancellationToken: Cancellation);
    }

    /// <summary>The address in a mail to a customer, in the shop that is open.</summary>
    private Task<string> MailedAddressAsync(Customer customer, string path) => MailBox.WaitForAsync(
        chromium.Bookseller.MailFolder,
        mail => mail.Contains(customer.Email, StringComparison.Ordinal) && Regex.Match(mail, $"{path}\\?link=[A-Za-z0-9_-]+") is { Success: true } link
            ? new Uri(chromium.Shop, link.Value).ToString()
            : null);
}
