using BooksForYou.Cart.Promotions;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using Promotion = BooksForYou.Cart.Promotions.Promotion;

namespace BooksForYou.Cart.Tests.Promotions;

public sealed class ReckoningTests
{
    [Theory]
    [InlineData(1999, 10, 200)]
    [InlineData(1, 49, 0)]
    [InlineData(1, 50, 1)]
    [InlineData(5, 10, 1)]
    [InlineData(15, 10, 2)]
    [InlineData(14, 10, 1)]
    [InlineData(100_000_000, 90, 90_000_000)]
    public void Part_is_rounded_to_cents_and_halves_up(long cents, int percent, long expected) =>
        Assert.Equal(expected, PercentOffCategoryRule.Part(cents, percent));

    [Fact]
    public void Reckon_percent_is_taken_off_each_copy_and_the_best_one_counts()
    {
        var discounts = Reckoning.Reckon(
            [Line(1005, 3, BookCategory.Fantasy), Line(1000, 2, BookCategory.History)],
            [Percent("ten", 10, BookCategory.Fantasy), Percent("twenty", 20, BookCategory.Fantasy), Percent("none", 90, BookCategory.Romance)]);

        Assert.Equal([("twenty", 603)], discounts.Select(discount => (discount.Promotion.PromotionId, discount.Cents)));
        Assert.Equal("20 % off fantasy.", discounts[0].Reason);
    }

    [Fact]
    public void Reckon_cheapest_copy_is_free_at_the_price_that_percent_promotions_leave()
    {
        var discounts = Reckoning.Reckon(
            [Line(1000, 2, BookCategory.Fantasy), Line(900, 1, BookCategory.History)],
            [Percent("half", 50, BookCategory.Fantasy), BuyTwo()]);

        Assert.Equal([("half", 1000), ("buy-two", 500)], discounts.Select(discount => (discount.Promotion.PromotionId, discount.Cents)));
    }

    [Fact]
    public void Reckon_promotions_never_make_an_order_free()
    {
        Assert.Empty(Reckoning.Reckon([Line(1, 1, BookCategory.Fantasy)], [Percent("ninety", 90, BookCategory.Fantasy)]));
        Assert.Equal(2, Assert.Single(Reckoning.Reckon([Line(1, 3, BookCategory.Fantasy)], [Percent("ninety", 90, BookCategory.Fantasy)])).Cents);
        Assert.Empty(Reckoning.Reckon([Line(0, 3, BookCategory.Fantasy)], [BuyTwo()]));
        Assert.Empty(Reckoning.Reckon([], [BuyTwo()]));
    }

    // Against a reckoning that knows no lines, only single copies, over many baskets at random; the seed is in the message.
    [Fact]
    public void Reckon_any_basket_is_what_its_copies_one_by_one_come_to()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(0, 8)).Select(_ => Line(
                random.Next(4) == 0 ? random.Next(0, 4) : random.Next(1, 5000), random.Next(1, 5), (BookCategory)random.Next(1, 4))).ToList();
            var promotions = Enumerable.Range(0, random.Next(0, 4))
                .Select(number => Percent($"percent-{number}", random.Next(1, 91), (BookCategory)random.Next(1, 4))).ToList();
            if (random.Next(2) == 0)
            {
                promotions.Add(BuyTwo());
            }

            var discounts = Reckoning.Reckon(lines, promotions);

            var copies = lines.SelectMany(line => Enumerable.Repeat(line, line.Quantity)).ToList();
            var subtotal = copies.Sum(copy => copy.UnitCents);
            var left = copies.Select(copy => copy.UnitCents - Best(copy, promotions)).ToList();
            var free = promotions.Any(promotion => promotion.Kind == PromotionKind.BuyTwoGetOneFree) && left.Count >= 3 ? left.Min() : 0;
            var total = subtotal == 0 ? 0 : Math.Max(1, left.Sum() - free);
            Assert.True(total == subtotal - discounts.Sum(discount => discount.Cents), $"Seed {seed}.");
            Assert.All(discounts, discount => Assert.InRange(discount.Cents, 1, long.MaxValue));
            Assert.Equal(discounts, Reckoning.Reckon(lines, promotions));

            // Without what counts once a customer, all else stays.
            var without = Reckoning.Reckon(lines, [.. promotions.Where(promotion => promotion.Kind != PromotionKind.BuyTwoGetOneFree)]);
            Assert.Equal(discounts.Where(discount => !discount.IsOncePerCustomer), without);
        }
    }

    [Fact]
    public void Rules_have_one_for_each_kind() => Assert.Equal(
        Enum.GetValues<PromotionKind>().Where(kind => kind != PromotionKind.Unspecified).Order(), Reckoning.Rules.Select(rule => rule.Kind).Order());

    [Theory]
    [InlineData(true, 0, 0, true)]
    [InlineData(false, 0, 0, false)]
    [InlineData(true, 1, 2, false)]
    [InlineData(true, 0, 1, true)]
    [InlineData(true, -2, 0, false)]
    public void CountsAt_between_its_times_while_it_is_on(bool on, int fromDays, int untilDays, bool expected)
    {
        var now = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var promotion = BuyTwo() with
        {
            IsOn = on,
            From = now.AddDays(fromDays),
            Until = fromDays == 0 && untilDays == 0 ? null : now.AddDays(untilDays),
        };

        Assert.Equal(expected, promotion.CountsAt(now));
    }

    private static long Best(OfferLine copy, IEnumerable<Promotion> promotions) => promotions
        .Where(promotion => promotion.Kind == PromotionKind.PercentOffCategory && promotion.Category == copy.Category)
        .Select(promotion => (long)Math.Round(copy.UnitCents * promotion.Percent / 100m, MidpointRounding.AwayFromZero))
        .DefaultIfEmpty()
        .Max();

    private static OfferLine Line(long cents, int quantity, BookCategory category) => new("A book", category, cents, quantity);

    private static Promotion BuyTwo() => new() { PromotionId = "buy-two", Name = "Buy two", Kind = PromotionKind.BuyTwoGetOneFree, IsOn = true };

    private static Promotion Percent(string id, int percent, BookCategory category) => new()
    {
        PromotionId = id,
        Name = id,
        Kind = PromotionKind.PercentOffCategory,
        IsOn = true,
        Percent = percent,
        Category = category,
    };
}
