using System.Net;
using Microsoft.AspNetCore.Routing;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The admin area does not exist for anybody who does not run the shop; every page of it is found by asking the shop for its endpoints.</summary>
public sealed class AdminAreaTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private const string SomeOrder = "0123456789ABCDEFGHJKMNPQRS";

    private readonly Shop _shop = fixture.Shop;

    /// <summary>The pages of the admin area that an address leads to.</summary>
    public static IReadOnlyList<string> PagesOf(IEnumerable<Microsoft.AspNetCore.Http.Endpoint> endpoints) =>
    [
        .. endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.TrimStart('/'))
            .Where(path => path.StartsWith("/admin", StringComparison.OrdinalIgnoreCase) || path == "/ops")
            .Select(path => path
                .Replace("{id:int:min(1)}", "1", StringComparison.Ordinal)
                .Replace("{id:length(26)}", SomeOrder, StringComparison.Ordinal)
                .Replace("{id:length(1,100)}", "some-id", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Pages_of_the_admin_area_are_all_found()
    {
        var pages = PagesOf(_shop.Endpoints);

        Assert.True(pages.Count >= 16, string.Join(' ', pages));
        Assert.All(pages, page => Assert.DoesNotContain("{", page, StringComparison.Ordinal));
        Assert.All(Pages.Admin.AdminPageModel.Areas, area => Assert.Contains(area.Href, pages));
    }

    [Fact]
    public async Task Page_of_the_admin_area_is_404_for_nobody_and_for_a_visitor()
    {
        using var nobody = new Guest(() => _shop.Web.BaseAddress!);
        using var visitor = new Guest(() => _shop.Web.BaseAddress!);
        visitor.Headers["Cookie"] = $"visitor={new string('A', 22)}";
        foreach (var page in PagesOf(_shop.Endpoints))
        {
            foreach (var guest in new[] { nobody, visitor })
            {
                using var response = await guest.GetAsync(page);
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{page} answers {(int)response.StatusCode}.");
                Assert.Contains("We cannot find that page", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Home_page_does_not_lead_visitors_to_the_admin_area() =>
        Assert.DoesNotContain("/admin", await _shop.GetAsync("/"), StringComparison.Ordinal);
}
