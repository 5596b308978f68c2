using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace BooksForYou.Integration.Tests.Replicas;

/// <summary>
/// Visitors who come at a constant rate, however long the answers take (an open loop): some look at a page, some buy a book. Each request is noted with its time and
/// with what was wrong with its answer.
/// </summary>
internal sealed class Load(LoadBalancer balancer)
{
    private const int LookersPerSecond = 8;
    private const int LookersPerBuyer = 8;
    private const int Books = 400;

    private static readonly string[] Pages = ["/", "/categories/mystery", "/books/{0}", "/search?q=night"];

    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<Sent> _requests = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly List<Task> _visitors = [];

    /// <summary>What the addresses of these buyers end with, and no others.</summary>
    public string Domain => $"@{_run}.example";

    /// <summary>All requests so far.</summary>
    public IReadOnlyCollection<Sent> Requests => _requests;

    /// <summary>The numbers of the orders that buyers were told are paid.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <summary>Lets visitors come until it is cancelled, and waits until the last one has left.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / LookersPerSecond);
        try
        {
            for (var count = 0; await timer.WaitForNextTickAsync(end); count++)
            {
                _visitors.Add(LookAsync(string.Format(null, Pages[count % Pages.Length], (count % Books) + 1)));
                if (count % LookersPerBuyer == 0)
                {
                    _visitors.Add(BuyAsync(count));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // No more visitors.
        }

        await Task.WhenAll(_visitors);
    }

    private async Task LookAsync(string page)
    {
        using var web = balancer.NewVisitor();
        await SendAsync(page, () => web.GetAsync(page), text => text.Contains("Online Books For You", StringComparison.Ordinal));
    }

    private async Task BuyAsync(int number)
    {
        using var web = balancer.NewVisitor();
        var address = $"/books/{(number % Books) + 1}";
        if (await SendAsync(address, () => web.GetAsync(address), HasForm) is not { } book)
        {
            return;
        }

        var shopper = new Shopper(web);
        var token = Shopper.FieldsOf(book)[Shopper.TokenField];
        if (await SendAsync(
                "add", () => shopper.AddAsync(token, (number % Books) + 1, 1), text => text.Contains("It is in your basket.", StringComparison.Ordinal)) is null
            || await SendAsync("/checkout", () => web.GetAsync("/checkout"), HasForm) is not { } checkout)
        {
            return;
        }

        var form = Shopper.FieldsOf(checkout);
        Shopper.Fill(form, "4242424242424242");
        form["Form.Email"] = $"buyer-{number}{Domain}";
        await SendAsync("pay", () => PayAsync(shopper, form), text => text.Contains(">Paid.<", StringComparison.Ordinal)
            || text.Contains("We are confirming your payment", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> PayAsync(Shopper shopper, Dictionary<string, string> form)
    {
        var response = await shopper.PayAsync(form);
        var path = response.RequestMessage!.RequestUri!.AbsolutePath;
        if (response.StatusCode == HttpStatusCode.OK && path.StartsWith("/orders/", StringComparison.Ordinal))
        {
            _told.Enqueue(path["/orders/".Length..]);
        }

        return response;
    }

    private static bool HasForm(string page) => page.Contains(Shopper.TokenField, StringComparison.Ordinal);

    /// <returns>The page; null when it is not as it should be.</returns>
    private async Task<string?> SendAsync(string what, Func<Task<HttpResponseMessage>> send, Func<string, bool> isGood)
    {
        var began = Stopwatch.GetTimestamp();
        string? page = null;
        string? problem;
        try
        {
            using var response = await send();
            page = await response.Content.ReadAsStringAsync();
            problem = response.StatusCode != HttpStatusCode.OK ? $"{(int)response.StatusCode}" : isGood(page) ? null : $"unexpected: {TextOf(page)}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            problem = $"{exception.GetType().Name}: {exception.Message}";
        }

        _requests.Enqueue(new Sent(what, began, Stopwatch.GetTimestamp(), problem));
        return problem is null ? page : null;
    }

    private static string TextOf(string page) => string.Join(' ', page.Split('\n').Where(line => line.Contains("role=\"status\"", StringComparison.Ordinal)).Select(line => line.Trim()));

    /// <summary>A request that a visitor has sent.</summary>
    /// <param name="What">What for.</param>
    /// <param name="Began">When it was sent, by the clock of <see cref="Stopwatch"/>.</param>
    /// <param name="Ended">When its answer was there.</param>
    /// <param name="Problem">What was wrong with it; null when nothing was.</param>
    internal sealed record Sent(string What, long Began, long Ended, string? Problem)
    {
        public override string ToString() => $"{What} ({Stopwatch.GetElapsedTime(Began, Ended).TotalMilliseconds:0} ms): {Problem}";
    }
}
