using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Cart.Baskets;

/// <summary>An amount in hundredths of a currency (ISO 4217).</summary>
internal readonly record struct Price(long Cents, string Currency)
{
    public static Price From(Money money) => new(money.Cents, money.Currency);

    public Money ToMoney() => new() { Cents = Cents, Currency = Currency };
}
