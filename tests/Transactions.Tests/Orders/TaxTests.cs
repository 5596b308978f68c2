using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Tests.Orders;

public class TaxTests
{
    [Theory]
    [InlineData(3499, 700, 229)] // 228.90
    [InlineData(1070, 700, 70)]
    [InlineData(0, 700, 0)]
    [InlineData(1999, 0, 0)]
    [InlineData(1, 10_000, 1)] // exactly half a cent: up
    [InlineData(3, 10_000, 2)] // one and a half: up
    [InlineData(1, 9_999, 0)] // just below half
    [InlineData(990_000_000_000, 10_000, 495_000_000_000)] // the greatest order
    public void In_total_and_rate_gives_whole_cents_with_halves_up(long total, int rate, long expected) => Assert.Equal(expected, Tax.In(total, rate));

    [Fact]
    public void In_every_rate_agrees_with_exact_arithmetic()
    {
        for (var rate = 0; rate <= Tax.Whole; rate += 7)
        {
            for (var total = 1L; total < 5000; total += 37)
            {
                var exact = (decimal)total * rate / (Tax.Whole + rate);
                Assert.Equal((long)Math.Floor(exact + 0.5m), Tax.In(total, rate));
            }
        }
    }

    [Fact]
    public void Codes_are_the_249_of_the_standard()
    {
        Assert.Equal(249, Countries.Count);
        Assert.True(Countries.Contains("DE"));
        Assert.False(Countries.Contains("de"));
        Assert.False(Countries.Contains("UK"));
        Assert.False(Countries.Contains(""));
    }

    [Fact]
    public void New_number_has_26_characters_of_the_alphabet_and_differs_each_time()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => OrderId.New()).ToList();

        Assert.All(numbers, number => Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", number));
        Assert.Equal(1000, numbers.Distinct().Count());
    }
}
