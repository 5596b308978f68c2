using System.Security.Cryptography;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.Contracts.Transactions.V1;
using Grpc.Core;

namespace BooksForYou.Integration.Tests;

/// <summary>What is somebody's own is not another's: the last column of the table of docs/security.md.</summary>
[Collection(GuardedStore.Name)]
public sealed class OwnershipTests(GuardedStore guarded)
{
    private readonly CartService.CartServiceClient _cart = new(guarded.Invoker);
    private readonly TransactionsService.TransactionsServiceClient _transactions = new(guarded.Invoker);
    private readonly ReviewsService.ReviewsServiceClient _reviews = new(guarded.Invoker);

    private readonly Metadata _ada = guarded.Accounts.Headers(Role.Customer, NewAccount(), "Ada");
    private readonly Metadata _ben = guarded.Accounts.Headers(Role.Customer, NewAccount(), "Ben");
    private readonly string _visitorId = NewKey();

    [Fact]
    public async Task Basket_of_another_visitor_is_denied_to_whoever_names_it()
    {
        var other = NewKey();
        foreach (var headers in (Metadata[])[Visitor(), _ada])
        {
            await FailsAsync(StatusCode.PermissionDenied, _cart.GetBasketAsync(new GetBasketRequest { VisitorId = other }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.AddItemAsync(new AddItemRequest { VisitorId = other, BookId = 1, Quantity = 1 }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.SetQuantityAsync(new SetQuantityRequest { VisitorId = other, BookId = 1, Quantity = 1 }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.RemoveItemAsync(new RemoveItemRequest { VisitorId = other, BookId = 1 }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.ClearBasketAsync(new ClearBasketRequest { VisitorId = other }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.GetSaleAsync(new GetSaleRequest { VisitorId = other, IdempotencyKey = NewKey() }, headers));
            await FailsAsync(StatusCode.PermissionDenied, _cart.CheckoutAsync(Checkout(NewKey(), other, new Basket { Total = new() { Cents = 1, Currency = "EUR" } }), headers));
        }
    }

    [Fact]
    public async Task Basket_belongs_to_whom_the_token_names()
    {
        await _cart.AddItemAsync(new AddItemRequest { BookId = 1, Quantity = 1 }, _ada);

        Assert.Single((await _cart.GetBasketAsync(new GetBasketRequest(), _ada)).Basket.Lines);
        Assert.Empty((await _cart.GetBasketAsync(new GetBasketRequest(), _ben)).Basket.Lines);
    }

    [Fact]
    public async Task Order_of_a_customer_is_seen_by_the_customer_admins_and_services_only()
    {
        var order = await BuyAsync(_ada, visitor: "");
        var look = new GetOrderRequest { OrderId = order };

        await _transactions.GetOrderAsync(look, _ada);
        await _transactions.GetOrderAsync(look, guarded.Accounts.Headers(Role.Admin, NewAccount()));
        await _transactions.GetOrderAsync(look, guarded.Accounts.Headers(Role.Service, "service:Test"));
        await FailsAsync(StatusCode.NotFound, _transactions.GetOrderAsync(look, _ben));
        await FailsAsync(StatusCode.NotFound, _transactions.GetOrderAsync(look, Visitor()));
        Assert.Single((await _transactions.ListMyOrdersAsync(new ListMyOrdersRequest(), _ada)).Orders);
        Assert.Empty((await _transactions.ListMyOrdersAsync(new ListMyOrdersRequest(), _ben)).Orders);
    }

    [Fact]
    public async Task Order_of_a_guest_is_seen_by_whoever_has_its_number()
    {
        var order = await BuyAsync(Visitor(), _visitorId);

        var seen = (await _transactions.GetOrderAsync(new GetOrderRequest { OrderId = order }, _ben)).Order;

        Assert.Equal("", seen.CustomerId);
    }

    [Fact]
    public async Task Sale_of_another_is_not_found_and_its_key_is_not_to_be_had()
    {
        var key = NewKey();
        await BuyAsync(_ada, visitor: "", key);
        await _cart.AddItemAsync(new AddItemRequest { BookId = 2, Quantity = 1 }, _ben);
        var basket = (await _cart.GetBasketAsync(new GetBasketRequest(), _ben)).Basket;

        await FailsAsync(StatusCode.NotFound, _cart.GetSaleAsync(new GetSaleRequest { IdempotencyKey = key }, _ben));
        await FailsAsync(StatusCode.AlreadyExists, _cart.CheckoutAsync(Checkout(key, "", basket), _ben));
    }

    [Fact]
    public async Task Promotion_uses_of_another_customer_are_denied()
    {
        var request = new ListPromotionUsesRequest { CustomerIds = { NewAccount() } };

        await FailsAsync(StatusCode.PermissionDenied, _transactions.ListPromotionUsesAsync(request, _ada));
        await _transactions.ListPromotionUsesAsync(new ListPromotionUsesRequest(), _ada);
    }

    [Fact]
    public async Task Review_is_written_read_and_deleted_by_its_writer_only()
    {
        const int Book = 4;
        var written = (await _reviews.WriteReviewAsync(new WriteReviewRequest { BookId = Book, Stars = 4, Text = "Good." }, _ada)).Review;
        await _reviews.WriteReviewAsync(new WriteReviewRequest { BookId = Book, Stars = 1 }, _ben);
        await _reviews.DeleteReviewAsync(new DeleteReviewRequest { BookId = Book }, _ben);

        Assert.Null((await _reviews.GetMyReviewAsync(new GetMyReviewRequest { BookId = Book }, _ben)).Review);
        Assert.Equal(written.ReviewId, (await _reviews.GetMyReviewAsync(new GetMyReviewRequest { BookId = Book }, _ada)).Review.ReviewId);
        Assert.Empty((await _reviews.ListMyReviewsAsync(new ListMyReviewsRequest(), _ben)).Reviews);
        await FailsAsync(StatusCode.FailedPrecondition, _reviews.VoteHelpfulAsync(new VoteHelpfulRequest { ReviewId = written.ReviewId, Helpful = true }, _ada));
    }

    private static string NewAccount() => $"account:{RandomNumberGenerator.GetHexString(26)}";

    private static string NewKey() => RandomNumberGenerator.GetHexString(32);

    private static async Task FailsAsync<T>(StatusCode expected, AsyncUnaryCall<T> call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);

    private static CheckoutRequest Checkout(string key, string visitor, Basket basket) => new()
    {
        IdempotencyKey = key,
        VisitorId = visitor,
        ExpectedTotal = basket.Total,
        BasketVersion = basket.Version,
        Email = "reader@example.com",
        Card = new Card { Number = "4242424242424242", ExpiryMonth = 12, ExpiryYear = DateTime.UtcNow.Year + 1, SecurityCode = "123", Holder = "A Reader" },
        Address = new Address { Name = "A Reader", Street = "Example Street 1", PostalCode = "10115", City = "Berlin", Country = "DE" },
    };

    private Metadata Visitor() => guarded.Accounts.Headers(Role.Visitor, _visitorId);

    private async Task<string> BuyAsync(Metadata headers, string visitor, string? key = null)
    {
        await _cart.AddItemAsync(new AddItemRequest { VisitorId = visitor, BookId = 1, Quantity = 1 }, headers);
        var basket = (await _cart.GetBasketAsync(new GetBasketRequest { VisitorId = visitor }, headers)).Basket;
        var response = await _cart.CheckoutAsync(Checkout(key ?? NewKey(), visitor, basket), headers);
        Assert.Equal(SaleOutcome.Sold, response.Outcome);
        return response.OrderId;
    }
}
