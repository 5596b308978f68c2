namespace BooksForYou.Transactions.Orders;

/// <summary>An order as the database holds it.</summary>
internal sealed class OrderRow
{
    public const string Columns =
        """
        orders.order_number AS OrderNumber, orders.order_id AS OrderId, orders.state AS State, orders.created_at AS CreatedAt,
        orders.currency AS Currency, orders.total_cents AS TotalCents, orders.tax_cents AS TaxCents,
        orders.tax_rate_basis_points AS TaxRateBasisPoints, orders.email AS Email, orders.name AS Name, orders.street AS Street,
        orders.street2 AS Street2, orders.postal_code AS PostalCode, orders.city AS City, orders.country AS Country,
        orders.reservation_id AS ReservationId, orders.card_brand AS CardBrand, orders.card_last_four AS CardLastFour,
        orders.decline_reason AS DeclineReason, orders.customer_id AS CustomerId,
        orders.buy_two_get_one_free_promo AS BuyTwoGetOneFreePromo
        """;

    public long OrderNumber { get; init; }

    public string OrderId { get; init; } = "";

    public OrderState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string Currency { get; init; } = "";

    public long TotalCents { get; init; }

    public long TaxCents { get; init; }

    public int TaxRateBasisPoints { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Street { get; init; } = "";

    public string Street2 { get; init; } = "";

    public string PostalCode { get; init; } = "";

    public string City { get; init; } = "";

    public string Country { get; init; } = "";

    public string ReservationId { get; init; } = "";

    public string CardBrand { get; init; } = "";

    public string CardLastFour { get; init; } = "";

    public string DeclineReason { get; init; } = "";

    public string? CustomerId { get; init; }

    public bool BuyTwoGetOneFreePromo { get; init; }

    public Order ToOrder(IReadOnlyList<OrderLine> lines, IReadOnlyList<OrderDiscount> discounts) => new()
    {
        OrderId = OrderId,
        State = State,
        CreatedAt = CreatedAt,
        Lines = lines,
        Discounts = discounts,
        Currency = Currency,
        TotalCents = TotalCents,
        TaxCents = TaxCents,
        TaxRateBasisPoints = TaxRateBasisPoints,
        Address = new Address
        {
            Name = Name,
            Street = Street,
            Street2 = Street2,
            PostalCode = PostalCode,
            City = City,
            Country = Country,
        },
        Email = Email,
        ReservationId = ReservationId,
        CustomerId = CustomerId,
        BuyTwoGetOneFreePromo = BuyTwoGetOneFreePromo,
        CardBrand = CardBrand,
        CardLastFour = CardLastFour,
        DeclineReason = DeclineReason,
    };
}
