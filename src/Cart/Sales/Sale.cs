using System.Security.Cryptography;
using System.Text.Json;
using BooksForYou.Cart.Baskets;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Telemetry;

namespace BooksForYou.Cart.Sales;

/// <summary>A sale, as its row says it stands.</summary>
internal sealed record Sale
{
    private const char Separator = '.';

    /// <summary>The idempotency key of the checkout, and of the charge.</summary>
    public required string Key { get; init; }

    /// <summary>Whose it is: the subject of the owner's tokens, a visitor or an account.</summary>
    public required string VisitorId { get; init; }

    /// <summary>See <see cref="Sales.RequestHash"/>.</summary>
    public required string RequestHash { get; init; }

    public required SaleState State { get; init; }

    /// <summary>How many copies of which book, as JSON: <c>{"12": 2}</c>.</summary>
    public required string Lines { get; init; }

    /// <summary>The reservation of the copies; another one after the first was lost.</summary>
    public required string ReservationId { get; init; }

    /// <summary>The order; null while it is not known to be paid or declined.</summary>
    public string? OrderId { get; init; }

    /// <summary>The answer as it is on the wire; null while it is not decided.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>The number of the lease under which somebody works on it: a later holder has a higher one.</summary>
    public required long Lease { get; init; }

    /// <summary>How often it was put off because another service did not answer.</summary>
    public int Attempts { get; init; }

    /// <summary>The trace of the checkout; empty for none.</summary>
    public string Trace { get; init; } = "";

    /// <summary>Begins a sale of what is in a basket.</summary>
    public static Sale Begin(string key, string visitorId, string requestHash, StoredBasket basket) => new()
    {
        Key = key,
        VisitorId = visitorId,
        RequestHash = requestHash,
        State = SaleState.Reserving,
        Lines = JsonSerializer.Serialize(basket.Items.ToDictionary(item => item.BookId, item => item.Quantity)),
        ReservationId = NewReservationId(key),
        Lease = 1,
        Trace = TraceParent.Current,
    };

    /// <summary>The key of the sale that a reservation was made for; null when it was made for none.</summary>
    public static string? KeyOf(string reservationId) =>
        reservationId.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? reservationId[..end] : null;

    /// <summary>What is sold, by book number.</summary>
    public IEnumerable<StockLine> StockLines() => JsonSerializer.Deserialize<Dictionary<int, int>>(Lines)!
        .OrderBy(line => line.Key)
        .Select(line => new StockLine { BookId = line.Key, Quantity = line.Value });

    /// <summary>The answer; null while it is not decided.</summary>
    public CheckoutResponse? ReadAnswer() => Answer is null ? null : CheckoutResponse.Parser.ParseFrom(Answer);

    /// <summary>The same sale with another reservation, since the one it had is over.</summary>
    public Sale WithNewReservation() => this with { ReservationId = NewReservationId(Key) };

    // Not the key alone: a key is used again after a refused card, and a reservation id is not.
    private static string NewReservationId(string key) => $"{key}{Separator}{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
