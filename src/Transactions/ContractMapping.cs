using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Transactions.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Contract = BooksForYou.Contracts.Transactions.V1;

namespace BooksForYou.Transactions;

/// <summary>Orders as the contract has them.</summary>
internal static class ContractMapping
{
    public static Contract.Order ToContract(Orders.Order order) => new()
    {
        OrderId = order.OrderId,
        State = (OrderState)order.State,
        CreateTime = Timestamp.FromDateTimeOffset(order.CreatedAt),
        Lines = { order.Lines.Select(ToContract) },
        Total = new Money { Cents = order.TotalCents, Currency = order.Currency },
        TaxCents = order.TaxCents,
        TaxRateBasisPoints = order.TaxRateBasisPoints,
        CardBrand = order.CardBrand,
        CardLastFour = order.CardLastFour,
        Address = new Contract.Address
        {
            Name = order.Address.Name,
            Street = order.Address.Street,
            Street2 = order.Address.Street2,
            PostalCode = order.Address.PostalCode,
            City = order.Address.City,
            Country = order.Address.Country,
        },
        Email = order.Email,
        DeclineReason = order.DeclineReason,
        ReservationId = order.ReservationId,
        CustomerId = order.CustomerId ?? "",
        Discounts = { order.Discounts.Select(ToContract) },
        BuyTwoGetOneFreePromo = order.BuyTwoGetOneFreePromo,
    };

    public static Contract.OrderLine ToContract(Orders.OrderLine line) => new()
    {
        BookId = line.BookId,
        Title = line.Title,
        Quantity = line.Quantity,
        UnitPriceCents = line.UnitPriceCents,
    };

    public static Contract.OrderDiscount ToContract(Orders.OrderDiscount discount) => new()
    {
        PromotionId = discount.PromotionId,
        Name = discount.Name,
        Reason = discount.Reason,
        AmountCents = discount.AmountCents,
    };

    /// <summary>The answer to a charge, as the bytes that are stored with the order and given to every caller of the key.</summary>
    public static byte[] ToAnswer(Orders.Order order) => new ChargeResponse { Order = ToContract(order) }.ToByteArray();
}
