using System.Net;
using System.Text.RegularExpressions;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The page of operations, of a shop whose services can go away.</summary>
public sealed partial class OpsPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_while_services_are_down_shows_them_as_away_and_the_others_with_their_numbers()
    {
        await using var shop = await OpenShop.StartBehindGatesAsync("--marketplace-ops-deadline", "00:00:03");
        using var bookseller = new Guest(shop);
        Assert.NotNull(await bookseller.SignInAsync(Bookseller.Email, Bookseller.Password));
        await bookseller.ReadAsync("/books/1");
        using (var broken = await bookseller.GetAsync("/broken"))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        }

        var whole = await bookseller.ReadAsync("/ops");
        foreach (var gate in new[] { "recommendations", "inventory", "cart", "transactions", "reviews" })
        {
            shop.GateOf(gate).Close();
        }

        using var response = await bookseller.GetAsync("/ops");
        var rest = await response.Content.ReadAsStringAsync(Cancellation);

        // Two processes: one with all services, found under six names, and one with the pages.
        Assert.Equal(2, Rows(whole, "Processes").Count);
        Assert.All(Rows(whole, "Processes"), row => Assert.Contains("Ready", row, StringComparison.Ordinal));
        Assert.Contains("GET /books/{id", whole, StringComparison.Ordinal);
        Assert.Contains("booksforyou.inventory.v1.InventoryService/", whole, StringComparison.Ordinal);
        Assert.Contains(Rows(whole, "Exceptions of late"), row => row.Contains("System.InvalidOperationException", StringComparison.Ordinal) && CorrelationId().IsMatch(row));
        Assert.DoesNotContain("a secret of the house", whole, StringComparison.Ordinal);
        Assert.Contains(Rows(whole, "Queues"), row => row.Contains("sales in flight", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, Rows(rest, "Processes").Count(row => row.Contains("Away (UNAVAILABLE)", StringComparison.Ordinal)));
        Assert.Contains(Rows(rest, "Processes"), row => row.Contains("All in one", StringComparison.Ordinal) && row.Contains("Ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_when_a_service_hangs_is_there_within_the_deadline()
    {
        await using var shop = await OpenShop.StartBehindGatesAsync("--marketplace-ops-deadline", "00:00:01");
        using var bookseller = new Guest(shop);
        Assert.NotNull(await bookseller.SignInAsync(Bookseller.Email, Bookseller.Password));
        shop.GateOf("cart").HoldAnswers();

        var page = await bookseller.ReadAsync("/ops");

        Assert.Contains(Rows(page, "Processes"), row => row.Contains("Away (DEADLINE_EXCEEDED)", StringComparison.Ordinal));
    }

    private static List<string> Rows(string page, string table)
    {
        var body = page.Split($"aria-label=\"{table}\"").ElementAtOrDefault(1)?.Split("<tbody>")[1].Split("</tbody>")[0] ?? "";
        return [.. body.Split("<tr>", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex CorrelationId();
}
