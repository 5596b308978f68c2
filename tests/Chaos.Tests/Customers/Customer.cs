using System.Collections.Concurrent;
using BooksForYou.Chaos.Tests.Running;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.TestGateway;
using Grpc.Core;

namespace BooksForYou.Chaos.Tests.Customers;

#pragma warning disable CA5394 // A seed is to give the same customers again.

/// <summary>
/// Buys again and again: patiently or not, twice at once, walking away, asking once more, cancelling. Every other one has an account, and with it one use of
/// the promotion. What is random comes from the seed.
/// </summary>
internal sealed class Customer(
    int seed, int number, IReadOnlyList<CartService.CartServiceClient> carts, Doorkeeper door, ConcurrentQueue<Purchase> purchases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TestCardScenario[] Scenarios = Enum.GetValues<TestCardScenario>();

    private static readonly Address Home = new()
    {
        Name = "Ada Lovelace",
        Street = "12 St James's Square",
        PostalCode = "SW1Y 4LE",
        City = "London",
        Country = "GB",
    };

    private readonly string? _member = number % 2 == 0 ? null : $"member-{number}";
    private readonly Random _random = new(unchecked((seed * 1000) + number));
    private int _count;

    /// <summary>The address that receipts of a key go to.</summary>
    public static string EmailOf(string key) => $"{key}@customers.example";

    /// <summary>Buys until the shop closes; what is being asked then is still waited for.</summary>
    public async Task ShopAsync(CancellationToken closing)
    {
        try
        {
            while (!closing.IsCancellationRequested)
            {
                if (await FillBasketAsync(closing) is { } purchase)
                {
                    purchases.Enqueue(purchase);
                    await BuyAsync(purchase, closing);
                }
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The shop closed while the customer waited for a token.
        }
    }

    /// <summary>Buys one book that is in stock, with a card that is approved: with the answer, the shop is open.</summary>
    public async Task BuyOneAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            if (await FillBasketAsync(closing, isSimple: true) is { } purchase)
            {
                purchases.Enqueue(purchase);
                if (await InsistOnAnswerAsync(purchase, closing) is { Outcome: SaleOutcome.Sold })
                {
                    return;
                }
            }
        }
    }

    private async Task<Purchase?> FillBasketAsync(CancellationToken closing, bool isSimple = false)
    {
        var name = $"{seed:x6}-{number:00}-{++_count:00000}-{_random.Next(0x1000, 0x10000):x4}{_random.Next(0x1000, 0x10000):x4}";
        var books = ShelfBook.All.Where(book => !book.IsScarce || (!isSimple && _random.Next(6) == 0)).OrderBy(_ => _random.Next()).ToList();
        var headers = await HeadersAsync(name, closing);
        if (_member is not null && await InsistAsync(cart => cart.ClearBasketAsync(new(), headers, In(5)), closing) is null)
        {
            return null;
        }

        foreach (var book in books.Take(_random.Next(1, 4)))
        {
            var item = new AddItemRequest { VisitorId = VisitorOf(name), BookId = book.BookId, Quantity = _random.Next(1, 4) };
            if (await InsistAsync(cart => cart.AddItemAsync(item, headers, In(5)), closing) is null)
            {
                return null;
            }
        }

        var look = new GetBasketRequest { VisitorId = VisitorOf(name) };
        while (await InsistAsync(cart => cart.GetBasketAsync(look, headers, In(5)), closing) is { } response)
        {
            if (response.Basket.Priced)
            {
                return NewPurchase(name, response.Basket, isSimple);
            }

            await PauseAsync(100, 300, closing);
        }

        return null;
    }

    // Somebody with an account is named by the token alone.
    private string VisitorOf(string name) => _member is null ? $"visitor-{name}" : "";

    private Task<Metadata> HeadersAsync(string name, CancellationToken closing) =>
        _member is null ? door.VisitorAsync(VisitorOf(name), closing) : door.MemberAsync(_member, closing);

    private Purchase NewPurchase(string name, Basket basket, bool isSimple)
    {
        var scenario = isSimple || _random.Next(3) == 0 ? TestCardScenario.Approved : Scenarios[_random.Next(Scenarios.Length)];
        var cards = TestCards.All.Where(card => card.Scenario == scenario).ToList();
        var card = cards[_random.Next(cards.Count)];
        var request = new CheckoutRequest
        {
            IdempotencyKey = $"key-{name}",
            VisitorId = VisitorOf(name),
            ExpectedTotal = basket.Total,
            BasketVersion = _random.Next(2) == 0 ? basket.Version : "",
            Card = new Card
            {
                Number = card.Number,
                ExpiryMonth = 12,
                ExpiryYear = DateTime.UtcNow.Year + 2,
                SecurityCode = card.Brand == "amex" ? "1234" : "123",
                Holder = "Ada Lovelace",
            },
            Address = Home,
            Email = EmailOf($"key-{name}"),
        };
        return new Purchase(request, scenario, closing => HeadersAsync(name, closing), _member);
    }

    private async Task BuyAsync(Purchase purchase, CancellationToken closing)
    {
        switch (_random.Next(10))
        {
            case 0 when _member is null: // leaves, and is not seen again
                await AskAsync(purchase, TimeSpan.FromMilliseconds(_random.Next(20, 1500)), closing);
                return;
            case 1 or 2: // in a hurry at first
                await AskAsync(purchase, TimeSpan.FromMilliseconds(_random.Next(20, 1500)), closing);
                break;
            case 3 or 4: // twice at once
                await Task.WhenAll(AskAsync(purchase, Patience, closing), AskAsync(purchase, Patience, closing));
                break;
        }

        var answer = await InsistOnAnswerAsync(purchase, closing);
        if (answer?.Outcome == SaleOutcome.Sold && _random.Next(6) == 0)
        {
            await CancelAsync(purchase, answer.OrderId, closing);
        }

        if (answer is not null && _random.Next(8) == 0)
        {
            await PauseAsync(0, 2000, closing);
            await AskAsync(purchase, Patience, closing);
        }
    }

    private async Task<CheckoutResponse?> InsistOnAnswerAsync(Purchase purchase, CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            if (await AskAsync(purchase, Patience, closing) is { } answer)
            {
                return answer;
            }

            if (!purchase.Surprises.IsEmpty)
            {
                return null;
            }

            await PauseAsync(50, 400, closing);
        }

        return null;
    }

    /// <returns>The answer; null when it is not known.</returns>
    private async Task<CheckoutResponse?> AskAsync(Purchase purchase, TimeSpan patience, CancellationToken closing)
    {
        var headers = await purchase.HeadersAsync(closing);
        try
        {
            // What has been asked is waited for, though the shop closes meanwhile.
            var answer = await AnyCart().CheckoutAsync(purchase.Request, headers, DateTime.UtcNow + patience, CancellationToken.None);
            purchase.Answers.Enqueue(answer);
            return answer;
        }
        catch (RpcException exception)
        {
            if (!Statuses.SayNothing(exception))
            {
                purchase.Surprises.Enqueue($"Checkout: {exception.StatusCode}, {exception.Status.Detail}");
            }

            return null;
        }
    }

    private async Task CancelAsync(Purchase purchase, string orderId, CancellationToken closing)
    {
        purchase.CancellationWasAsked = true;
        var request = new CancelOrderRequest { OrderId = orderId };
        var headers = await door.MemberAsync(Doorkeeper.Admin, closing);
        try
        {
            var response = await InsistAsync(cart => cart.CancelOrderAsync(request, headers, DateTime.UtcNow + Patience), closing);
            purchase.CancellationWasConfirmed = response?.Order.State == OrderState.Refunded;
        }
        catch (RpcException exception)
        {
            purchase.Surprises.Enqueue($"CancelOrder: {exception.StatusCode}, {exception.Status.Detail}");
        }
    }

    /// <returns>The answer; null when the shop closes before there is one.</returns>
    private async Task<T?> InsistAsync<T>(Func<CartService.CartServiceClient, AsyncUnaryCall<T>> call, CancellationToken closing)
        where T : class
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                return await call(AnyCart());
            }
            catch (RpcException exception) when (Statuses.SayNothing(exception))
            {
                await PauseAsync(50, 400, closing);
            }
        }

        return null;
    }

    private CartService.CartServiceClient AnyCart() => carts[_random.Next(carts.Count)];

    private static DateTime In(int seconds) => DateTime.UtcNow.AddSeconds(seconds);

    private async Task PauseAsync(int least, int most, CancellationToken closing) =>
        await Task.Delay(_random.Next(least, most), closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
