using Microsoft.Playwright;

namespace BooksForYou.Browser.Tests;

/// <summary>Somebody with an account.</summary>
internal sealed class Customer
{
    public const string Password = "nine clever owls at noon";

    /// <summary>An address that nobody else has.</summary>
    public string Email { get; } = $"{Guid.NewGuid():N}@example.com";

    /// <summary>Opens the account, and agrees to mails.</summary>
    public async Task<PageVisit> RegisterAsync(IBrowserContext window, Uri shop, string path = "/register")
    {
        var visit = await PageVisit.OpenAsync(window, shop, path);
        await FillInAsync(visit.Page);
        await visit.Page.Locator("text=Open the account").ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/register", StringComparison.Ordinal));
        return visit;
    }

    /// <summary>Fills in the page that opens the account.</summary>
    public async Task FillInAsync(IPage page)
    {
        await page.Locator("#name").FillAsync("Ada Lovelace");
        await page.Locator("#email").FillAsync(Email);
        await page.Locator("#newpassword").FillAsync(Password);
        await page.Locator("#mailconsent").CheckAsync();
    }

    /// <summary>Opens an account, and a page of it.</summary>
    public static async Task<PageVisit> AtAsync(IBrowserContext window, Uri shop, string path)
    {
        var visit = await new Customer().RegisterAsync(window, shop);
        await visit.Page.GotoAsync(new Uri(shop, path).ToString());
        return visit;
    }

    /// <summary>Signs in on the page that is open.</summary>
    public async Task SignInAsync(IPage page, string password = Password)
    {
        await page.Locator("#email").FillAsync(Email);
        await page.Locator("#password").FillAsync(password);
        await page.Locator(".account-form button").ClickAsync();
    }

    /// <summary>Signs out, wherever that may be.</summary>
    public static async Task SignOutAsync(IPage page, Uri shop)
    {
        await page.GotoAsync(new Uri(shop, "/sign-out").ToString());
        await page.Locator(".account-form button").ClickAsync();
        await page.WaitForURLAsync(shop.ToString());
    }
}
