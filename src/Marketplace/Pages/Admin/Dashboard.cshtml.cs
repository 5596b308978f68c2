using BooksForYou.Marketplace.Peers;
using BooksForYou.Marketplace.Shopkeeping;

namespace BooksForYou.Marketplace.Pages.Admin;

/// <summary>What there is to do, at a glance. A service that is away takes its own line with it.</summary>
internal sealed class DashboardModel(OrderDesk orders, PromotionDesk promotions, ReviewDesk reviews, MailRoom mail) : AdminPageModel
{
    private const int MostReviews = 100;

    /// <summary>The lines: address, name, and what is to be known.</summary>
    public IReadOnlyList<(string Href, string Name, string Line)> Lines { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var newest = orders.ListAsync(HttpContext, "", pageSize: 1);
        var offers = promotions.ListAsync(HttpContext);
        var campaigns = promotions.ListCampaignsAsync(HttpContext);
        var queue = reviews.ListAsync(HttpContext, "", MostReviews);
        var receipts = mail.ListReceiptsAsync(HttpContext, "");
        var letters = mail.ListMailAsync(HttpContext, "");
        await Task.WhenAll(newest, offers, campaigns, queue, receipts, letters);
        Lines =
        [
            ("/admin/books", "Books", "Catalogue, prices and stock."),
            ("/admin/orders", "Orders", Tell(await newest, page => page.Orders.Count == 0 ? "None yet." : $"The newest is of {Describe(page.Orders[0].CreateTime)}.")),
            ("/admin/promotions", "Promotions", Tell(await offers, all => $"{all.Count(offer => offer.On)} turned on, {all.Count} in all.")),
            ("/admin/report", "Report", "What a promotion has brought, by day."),
            ("/admin/campaigns", "Campaign mail", Tell(await campaigns, all => $"{all.Campaigns.Count(campaign => !campaign.Done)} under way, {all.Campaigns.Count} in all.")),
            ("/admin/reviews", "Reviews to look at", Tell(await queue, page => Count(page.Reviews.Count, page.NextPageToken))),
            ("/admin/mail", "Receipts that are stuck", Tell(await receipts, page => Count(page.Receipts.Count, page.NextPageToken))),
            ("/admin/mail#letters", "Other mail that is stuck", Tell(await letters, page => Count(page.Mails.Count, page.NextPageToken))),
            ("/ops", "Operations", "How the services are doing."),
        ];
    }

    private static string Tell<T>(Answer<T> answer, Func<T, string> tell)
        where T : class => answer switch
        {
            { Value: { } value } => tell(value),
            { IsRefused: true } => "Not for you to see.",
            _ => "Not known now: the service does not answer.",
        };

    private static string Count(int count, string nextToken) => nextToken.Length > 0 ? $"More than {count}." : count == 0 ? "None." : $"{count}.";
}
