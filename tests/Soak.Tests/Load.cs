using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using BooksForYou.Integration.Tests;

namespace BooksForYou.Soak.Tests;

/// <summary>Visitors who ask for pages and buy books at a constant rate, whatever the answers take.</summary>
internal sealed class Load(Uri shop, int pagesPerSecond, TimeSpan warmUp) : IDisposable
{
    private const int PagesPerPurchase = 20;

    // Code is compiled for speed by how often it has run.
    private const int WarmUpFactor = 4;
    private const int Books = 400;

    private static readonly string[] Pages = ["/", "/categories/mystery", "/books/{0}", "/search?q=night", "/basket"];

    private readonly HttpClient _looker = NewVisitor(shop);
    private readonly ConcurrentQueue<string> _problems = new();
    private int _pages;
    private int _orders;

    /// <summary>How many pages came.</summary>
    public int PagesShown => _pages;

    /// <summary>How many orders were paid.</summary>
    public int Orders => _orders;

    /// <summary>Everything that was not as it should be.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Asks until it is cancelled, and waits for the last answer: four times as often in the beginning.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var visits = new ConcurrentDictionary<Task, bool>();
        var interval = TimeSpan.FromSeconds(1) / pagesPerSecond;
        using var timer = new PeriodicTimer(interval / WarmUpFactor);
        var clock = Stopwatch.StartNew();
        try
        {
            for (var count = 0; await timer.WaitForNextTickAsync(end); count++)
            {
                timer.Period = clock.Elapsed < warmUp ? interval / WarmUpFactor : interval;
                var book = (count % Books) + 1;
                Start(LookAsync(string.Format(null, Pages[count % Pages.Length], book)));
                if (count % PagesPerPurchase == 0)
                {
                    // One after the other: of none there are more than a few copies.
                    Start(BuyAsync((count / PagesPerPurchase % Books) + 1));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It was long enough.
        }

        await Task.WhenAll(visits.Keys);

        void Start(Task visit)
        {
            visits[visit] = true;
            _ = visit.ContinueWith(ended => visits.TryRemove(ended, out _), TaskScheduler.Default);
        }
    }

    public void Dispose() => _looker.Dispose();

    // Connections of the warm-up that are not needed any more are closed before the store is looked at.
    private static HttpClient NewVisitor(Uri shop) =>
        new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = shop, Timeout = TimeSpan.FromSeconds(30) };

    private async Task LookAsync(string page)
    {
        try
        {
            using var response = await _looker.GetAsync(page);
            await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref _pages);
            }
            else
            {
                _problems.Enqueue($"{page}: {response.StatusCode}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            _problems.Enqueue($"{page}: {exception.Message}");
        }
    }

    private async Task BuyAsync(int book)
    {
        using var web = NewVisitor(shop);
        var shopper = new Shopper(web);
        try
        {
            await shopper.AddAsync(book);
            using var response = await shopper.PayAsync(await shopper.FillCheckoutAsync());
            var path = response.RequestMessage!.RequestUri!.AbsolutePath;
            if (path.StartsWith("/orders/", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _orders);
            }
            else
            {
                _problems.Enqueue($"buying book {book}: {response.StatusCode} at {path}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or KeyNotFoundException)
        {
            _problems.Enqueue($"buying book {book}: {exception.Message}");
        }
    }
}
