using System.Collections.Concurrent;
using System.Diagnostics;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.Checkout;

/// <summary>Visitors who do something at the same time, over four connections to Cart.</summary>
internal sealed class Visitors : IDisposable
{
    private const int Connections = 4;

    private readonly GrpcChannel[] _channels;
    private readonly CartService.CartServiceClient[] _carts;
    private readonly int _atOnce;
    private readonly TestAccounts _accounts;

    public Visitors(int port, int atOnce, TestAccounts accounts)
    {
        _accounts = accounts;
        _atOnce = atOnce;
        _channels = [.. Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress($"http://127.0.0.1:{port}"))];
        _carts = [.. _channels.Select(channel => new CartService.CartServiceClient(channel))];
    }

    /// <summary>Puts the books into the baskets and looks at these, as the pages do.</summary>
    /// <returns>How long that took all of them.</returns>
    public Task<TimeSpan> FillAsync(IEnumerable<Visit> visits, CancellationToken cancellation) => AtOnceAsync(visits, async (visit, cart) =>
    {
        var headers = HeadersOf(visit);
        await cart.AddItemAsync(new AddItemRequest { VisitorId = visit.VisitorId, BookId = visit.FirstBook, Quantity = 1 }, headers, cancellationToken: cancellation);
        await cart.AddItemAsync(new AddItemRequest { VisitorId = visit.VisitorId, BookId = visit.SecondBook, Quantity = 1 }, headers, cancellationToken: cancellation);
        Basket basket;
        do
        {
            // Without prices when Inventory is slow, as on a machine that is busy with something else.
            var response = await cart.GetBasketAsync(new GetBasketRequest { VisitorId = visit.VisitorId }, headers, cancellationToken: cancellation);
            basket = response.Basket;
        }
        while (!basket.Priced);

        (visit.Total, visit.BasketVersion) = (basket.Total, basket.Version);
    });

    /// <summary>Has all of them pay.</summary>
    /// <param name="visits">The visitors, with filled baskets.</param>
    /// <param name="latencies">Takes how long each waited.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How long it took all of them.</returns>
    /// <exception cref="InvalidOperationException">A visitor was not sold the books.</exception>
    public Task<TimeSpan> CheckOutAsync(IEnumerable<Visit> visits, ConcurrentBag<TimeSpan> latencies, CancellationToken cancellation) =>
        AtOnceAsync(visits, async (visit, cart) =>
        {
            var (request, headers) = (visit.ToRequest(), HeadersOf(visit));
            var clock = Stopwatch.StartNew();
            var response = await cart.CheckoutAsync(request, headers, DateTime.UtcNow.AddMinutes(3), cancellation);
            latencies.Add(clock.Elapsed);
            visit.OrderId = response.Outcome == SaleOutcome.Sold
                ? response.OrderId
                : throw new InvalidOperationException($"A checkout was answered with {response.Outcome}: the run does not count.");
        });

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }

    private Metadata HeadersOf(Visit visit) => _accounts.Headers(Role.Visitor, visit.VisitorId);

    private async Task<TimeSpan> AtOnceAsync(IEnumerable<Visit> visits, Func<Visit, CartService.CartServiceClient, Task> act)
    {
        var waiting = new ConcurrentQueue<Visit>(visits);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, _atOnce).Select(i => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var visit))
            {
                await act(visit, _carts[i % Connections]);
            }
        })));
        return clock.Elapsed;
    }
}
