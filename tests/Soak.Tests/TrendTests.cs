namespace BooksForYou.Soak.Tests;

public sealed class TrendTests
{
    [Fact]
    public void PerMinute_steady_growth_is_found_whatever_the_peaks() =>
        Assert.Equal(3, Trend.PerMinute([.. Enumerable.Range(0, 40).Select(n => (n / 10.0, 100 + (0.3 * n) + (n % 9 == 0 ? 500 : 0)))]), 0.2);

    [Fact]
    public void PerMinute_ups_and_downs_without_growth_are_about_zero() =>
        Assert.Equal(0, Trend.PerMinute([.. Enumerable.Range(0, 40).Select(n => (n / 10.0, 100.0 + (n % 4)))]), 0.2);

    [Fact]
    public void PerMinute_of_one_point_is_zero() => Assert.Equal(0, Trend.PerMinute([(1, 5)]));
}
