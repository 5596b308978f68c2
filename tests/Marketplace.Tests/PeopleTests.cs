using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BooksForYou.Contracts.Accounts.V1;

namespace BooksForYou.Marketplace.Tests;

/// <summary>People with an account, against a whole shop: what they see of it, what they can do to it, and what nobody else can.</summary>
public sealed partial class PeopleTests(OpenShopFixture fixture) : IClassFixture<OpenShopFixture>
{
    private const string Password = "nine clever owls at noon";
    private const string OtherPassword = "eleven quiet foxes at dusk";

    private readonly OpenShop _shop = fixture.Shop;
    private readonly string _email = $"{Guid.NewGuid():N}@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_signs_in_and_shows_the_account()
    {
        using var guest = new Guest(_shop);

        Assert.Equal("/account?notice=welcome", await guest.RegisterAsync(_email, Password));

        var page = await guest.ReadAsync("/account?notice=welcome");
        Assert.Contains(_email, page, StringComparison.Ordinal);
        Assert.Contains("This address is not confirmed yet", page, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace<span class=\"unseen\">, your account</span>", await guest.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Equal(3, Html.BareItems(await guest.ReadAsync("/")).Count);
    }

    [Fact]
    public async Task Register_address_that_has_an_account_says_so_and_keeps_what_was_typed()
    {
        using var first = await NewCustomerAsync();
        using var second = new Guest(_shop);

        using var response = await second.SubmitAsync(
            "/register", "/register", new("name", "Ada"), new("email", _email.ToUpperInvariant()), new("newPassword", OtherPassword));
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("There is an account with that e-mail address already", page, StringComparison.Ordinal);
        Assert.Contains(_email.ToUpperInvariant(), page, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherPassword, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_role_in_the_form_is_nobody_but_a_customer()
    {
        using var guest = new Guest(_shop);
        using var response = await guest.SubmitAsync(
            "/register?admin=true", "/register?admin=true", new("name", "Mallory"), new("email", _email), new("newPassword", Password),
            new("admin", "true"), new("Admin", "true"), new("role", "ROLE_ADMIN"), new("Profile.Admin", "true"), new("isAdmin", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        using var saved = await guest.SubmitAsync("/account", "/account", new("name", "Mallory"), new("admin", "true"), new("Profile.Admin", "true"));
        Assert.Equal("/account?notice=saved", saved.Headers.Location?.OriginalString);

        Assert.DoesNotContain("Run the shop", await guest.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_gives_a_session_that_the_browser_never_had()
    {
        using var guest = await NewCustomerAsync();
        var first = guest.CookieOf("session")!;
        using var attacker = new Guest(_shop);
        attacker.Headers["Cookie"] = $"session={first}";

        // The browser was given a session by somebody else, who knows it.
        using var victim = new Guest(_shop);
        victim.Cookies.Add(_shop.Address, new Cookie("session", new string('A', 43), "/"));
        Assert.Equal("/", await victim.SignInAsync(_email, Password));
        Assert.NotEqual(new string('A', 43), victim.CookieOf("session"));
        Assert.NotEqual(first, victim.CookieOf("session"));

        // Signing in where somebody is signed in ends the session that was there.
        using var response = await guest.PostAsync("/sign-in", [.. Guest.FieldsOf(await guest.ReadAsync("/account")), new("email", _email), new("password", Password)]);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.NotEqual(first, guest.CookieOf("session"));
        using var late = await attacker.GetAsync("/account");
        Assert.Equal("/sign-in?next=%2Faccount", late.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/basket\r\nSet-Cookie: visitor=stolen")]
    [InlineData("evil.example")]
    [InlineData("/ü")]
    public async Task SignIn_next_that_leads_elsewhere_leads_home(string next)
    {
        using var guest = await NewCustomerAsync();
        using var signedOut = await guest.SubmitAsync("/sign-out", "/sign-out");

        Assert.Equal("/", await guest.SignInAsync(_email, Password, $"/sign-in?next={Uri.EscapeDataString(next)}"));

        using var form = new Guest(_shop);
        using var response = await form.SubmitAsync("/sign-in", "/sign-in", new("email", _email), new("password", Password), new("next", next));
        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_next_within_the_shop_leads_there()
    {
        using var guest = await NewCustomerAsync();
        using var signedOut = await guest.SubmitAsync("/sign-out", "/sign-out");
        using var away = await guest.GetAsync("/account/orders?after=x");

        var signIn = away.Headers.Location!.OriginalString;

        Assert.Equal("/account/orders?after=x", await guest.SignInAsync(_email, Password, signIn));
    }

    [Fact]
    public async Task SignIn_unknown_address_and_wrong_password_say_the_same()
    {
        using var customer = await NewCustomerAsync();
        using var guest = new Guest(_shop);
        var pages = new List<string>();
        foreach (var email in new[] { _email, $"nobody-{_email}" })
        {
            using var response = await guest.SubmitAsync("/sign-in", "/sign-in", new("email", email), new("password", OtherPassword));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var page = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("do not go together", page, StringComparison.Ordinal);
            pages.Add(Tokens().Replace(page.Replace(email, "E", StringComparison.Ordinal), ""));
        }

        Assert.Equal(pages[0], pages[1]);
        Assert.Null(guest.CookieOf("session"));
    }

    [Fact]
    public async Task SignIn_visitor_with_a_basket_finds_it_in_the_own_and_the_visitor_is_another()
    {
        using var customer = await NewCustomerAsync();
        await customer.AddAsync(1, "2");
        using var guest = new Guest(_shop);
        await guest.AddAsync(2, "3");
        var visitor = guest.CookieOf("visitor")!;

        Assert.Equal("/", await guest.SignInAsync(_email, Password));

        Assert.NotEqual(visitor, guest.CookieOf("visitor"));
        Assert.Equal("5", guest.CookieOf("copies"));
        Assert.Contains("5 copies", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
        using var other = new Guest(_shop);
        other.Headers["Cookie"] = $"visitor={visitor}";
        Assert.Contains("There is nothing in it yet", await other.ReadAsync("/basket"), StringComparison.Ordinal);
        using var signedOut = await guest.SubmitAsync("/sign-out", "/sign-out");
        Assert.Equal("/", signedOut.Headers.Location?.OriginalString);
        Assert.Null(guest.CookieOf("session"));
        Assert.Contains("There is nothing in it yet", await guest.ReadAsync("/basket"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_opened_before_signing_in_or_as_somebody_else_is_stale_afterwards()
    {
        using var customer = await NewCustomerAsync();
        using var guest = new Guest(_shop);
        var asGuest = Guest.FieldsOf(await guest.ReadAsync("/books/1"))["__RequestVerificationToken"];
        await guest.SignInAsync(_email, Password);
        var asFirst = Guest.FieldsOf(await guest.ReadAsync("/books/1"))["__RequestVerificationToken"];
        using var signedOut = await guest.SubmitAsync("/sign-out", "/sign-out");
        await guest.RegisterAsync($"second-{_email}", Password);

        foreach (var token in new[] { asGuest, asFirst })
        {
            using var response = await guest.PostAsync("/basket?handler=Add", [new("book", "1"), new("copies", "1"), new("__RequestVerificationToken", token)]);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal("/basket?notice=added", await guest.AddAsync(1));
    }

    [Fact]
    public async Task ChangePassword_signs_out_every_other_browser_at_once_and_keeps_this_one()
    {
        using var here = await NewCustomerAsync();
        using var there = new Guest(_shop);
        await there.SignInAsync(_email, Password);
        await there.AddAsync(1);

        using var wrong = await here.SubmitAsync("/account/password", "/account/password", new("password", OtherPassword), new("newPassword", OtherPassword));
        Assert.Contains("That is not your password", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var changed = await here.SubmitAsync("/account/password", "/account/password", new("password", Password), new("newPassword", OtherPassword));
        Assert.Equal("/account?notice=password", changed.Headers.Location?.OriginalString);

        using var stays = await here.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        using var ended = await there.GetAsync("/account");
        Assert.Equal("/sign-in?next=%2Faccount", ended.Headers.Location?.OriginalString);
        Assert.Null(there.CookieOf("session"));
        Assert.Null(await there.SignInAsync(_email, Password));
        Assert.Equal("/", await there.SignInAsync(_email, OtherPassword));
    }

    [Fact]
    public async Task SignOutEverywhere_ends_the_sessions_of_every_browser()
    {
        using var here = await NewCustomerAsync();
        using var there = new Guest(_shop);
        await there.SignInAsync(_email, Password);

        using var response = await here.SubmitAsync("/account", "/account?handler=Everywhere");

        Assert.Equal("/sign-in?notice=everywhere", response.Headers.Location?.OriginalString);
        foreach (var browser in new[] { here, there })
        {
            using var page = await browser.GetAsync("/account");
            Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        }
    }

    [Fact]
    public async Task Reset_by_a_mailed_link_works_once_and_opening_the_page_does_not_spend_it()
    {
        using var guest = await NewCustomerAsync();
        using var forgetful = new Guest(_shop);
        using var asked = await forgetful.SubmitAsync("/forgot-password", "/forgot-password", new KeyValuePair<string, string>("email", _email));
        using var unknown = await forgetful.SubmitAsync("/forgot-password", "/forgot-password", new KeyValuePair<string, string>("email", $"nobody-{_email}"));
        Assert.Equal(
            Tokens().Replace(await asked.Content.ReadAsStringAsync(Cancellation), ""), Tokens().Replace(await unknown.Content.ReadAsStringAsync(Cancellation), ""));
        var path = await MailedPathAsync("/reset");

        for (var look = 0; look < 2; look++)
        {
            using var page = await forgetful.GetAsync(path);
            Assert.Equal("no-referrer", string.Concat(page.Headers.GetValues("Referrer-Policy")));
            Assert.True(page.Headers.CacheControl?.NoStore);
        }

        using var reset = await forgetful.SubmitAsync(path, "/reset", new KeyValuePair<string, string>("newPassword", OtherPassword));
        Assert.Equal("/sign-in?notice=reset", reset.Headers.Location?.OriginalString);
        using var again = await forgetful.SubmitAsync(path, "/reset", new KeyValuePair<string, string>("newPassword", Password));
        Assert.Contains("This link does not work", await again.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("/", await forgetful.SignInAsync(_email, OtherPassword));
        using var ended = await guest.GetAsync("/account");
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
    }

    [Fact]
    public async Task Confirm_by_a_mailed_link_takes_a_press_of_the_button()
    {
        using var guest = await NewCustomerAsync();
        var path = await MailedPathAsync("/confirm");
        using var scanner = new Guest(_shop);
        Assert.Contains("Confirm the address", await scanner.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("This address is not confirmed yet", await guest.ReadAsync("/account"), StringComparison.Ordinal);

        using var response = await guest.SubmitAsync(path, "/confirm");

        Assert.Contains("your address is confirmed", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains($"{_email}, confirmed", await guest.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsubscribe_in_one_click_needs_no_cookie_and_no_token_and_no_page_before_it()
    {
        using var guest = new Guest(_shop);
        using var registered = await guest.SubmitAsync(
            "/register", "/register", new("name", "Ada"), new("email", _email), new("newPassword", Password), new("mailConsent", "true"));
        using var confirmed = await guest.SubmitAsync(await MailedPathAsync("/confirm"), "/confirm");
        var headers = await _shop.ServiceHeadersAsync();
        var consents = await _shop.Accounts.ListMailConsentsAsync(new ListMailConsentsRequest(), headers, cancellationToken: Cancellation);
        var mail = new QueueCampaignMailRequest { CampaignId = Guid.NewGuid().ToString(), Subject = "Owls", Text = "Owls are half price.", AccountIds = { consents.AccountIds } };
        await _shop.Accounts.QueueCampaignMailAsync(mail, headers, cancellationToken: Cancellation);
        var path = await MailedPathAsync("/unsubscribe");
        Assert.Contains("Send me no more offers", await guest.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("checked", Consent().Match(await guest.ReadAsync("/account")).Value, StringComparison.Ordinal);

        using var mailProgram = new Guest(_shop);
        using var response = await mailProgram.PostAsync(path, [new("List-Unsubscribe", "One-Click")]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, mailProgram.Cookies.Count);
        Assert.DoesNotContain("checked", Consent().Match(await guest.ReadAsync("/account")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_of_a_customer_is_seen_by_the_customer_only_and_stands_among_the_orders()
    {
        using var guest = await NewCustomerAsync();
        await guest.AddAsync(1);
        var order = (await guest.BuyAsync()).Split('?')[0];
        using var stranger = new Guest(_shop);
        using var other = new Guest(_shop);
        await other.RegisterAsync($"other-{_email}", Password);

        Assert.Contains("Paid.", await guest.ReadAsync(order), StringComparison.Ordinal);
        Assert.Contains(order, await guest.ReadAsync("/account/orders"), StringComparison.Ordinal);
        using var toSignIn = await stranger.GetAsync(order);
        Assert.Equal($"/sign-in?next={Uri.EscapeDataString(order)}", toSignIn.Headers.Location?.OriginalString);
        using var notFound = await other.GetAsync(order);
        Assert.Equal(HttpStatusCode.NotFound, notFound.StatusCode);
        Assert.Contains("There are none yet", await other.ReadAsync("/account/orders"), StringComparison.Ordinal);
        Assert.Equal(order, await stranger.SignInAsync(_email, Password, toSignIn.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Export_is_a_file_of_what_is_known_and_says_what_is_missing()
    {
        using var guest = await NewCustomerAsync();
        await guest.AddAsync(1);
        await guest.BuyAsync();
        await guest.AddAsync(2);

        using var response = await guest.GetAsync("/account/data");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var file = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal(_email, file.GetProperty("account").GetProperty("profile").GetProperty("email").GetString());
        Assert.Single(file.GetProperty("orders").EnumerateArray());
        Assert.Single(file.GetProperty("basket").GetProperty("lines").EnumerateArray());
        Assert.Equal(file.GetProperty("missing").GetArrayLength() == 0, file.GetProperty("complete").GetBoolean());
        Assert.DoesNotContain(Password, file.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_takes_the_password_and_ends_the_account()
    {
        using var guest = await NewCustomerAsync();
        using var wrong = await guest.SubmitAsync("/account/delete", "/account/delete", new KeyValuePair<string, string>("password", OtherPassword));
        Assert.Contains("That is not your password", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var response = await guest.SubmitAsync("/account/delete", "/account/delete", new KeyValuePair<string, string>("password", Password));

        Assert.Equal("/sign-in?notice=deleted", response.Headers.Location?.OriginalString);
        Assert.Null(guest.CookieOf("session"));
        Assert.Null(await guest.SignInAsync(_email, Password));
    }

    [Fact]
    public async Task Name_with_a_script_is_text_on_every_page()
    {
        using var guest = new Guest(_shop);
        await guest.RegisterAsync(_email, Password, "<script>alert(1)</script>\"'><img src=x>");

        foreach (var path in new[] { "/", "/account", "/account/orders", "/basket", "/books/1" })
        {
            var page = await guest.ReadAsync(path);
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/orders")]
    [InlineData("/account/password")]
    [InlineData("/account/delete")]
    [InlineData("/account/data")]
    public async Task Page_of_an_account_sends_a_guest_to_sign_in(string path)
    {
        using var guest = new Guest(_shop);

        using var response = await guest.GetAsync(path);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"/sign-in?next={Uri.EscapeDataString(path)}", response.Headers.Location?.OriginalString);
    }

    private async Task<Guest> NewCustomerAsync()
    {
        var guest = new Guest(_shop);
        Assert.Equal("/account?notice=welcome", await guest.RegisterAsync(_email, Password));
        return guest;
    }

    /// <summary>The address in a mail to the customer, without the shop's own.</summary>
    private Task<string> MailedPathAsync(string page) => MailBox.WaitForAsync(
        _shop.MailFolder,
        mail => mail.Contains(_email, StringComparison.Ordinal) && Regex.Match(mail, $"{page}\\?link=[A-Za-z0-9_-]+") is { Success: true } link ? link.Value : null);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*")]
    private static partial Regex Tokens();

    [GeneratedRegex("<input[^>]*name=\"mailConsent\"[^>]*>")]
    private static partial Regex Consent();
}
