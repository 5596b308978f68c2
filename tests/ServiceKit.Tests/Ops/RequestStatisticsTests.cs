using BooksForYou.Contracts.Ops.V1;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Ops;

/// <summary>What is remembered of the last hour.</summary>
public sealed class RequestStatisticsTests
{
    private readonly StoppedTime _time = new();
    private readonly RequestStatistics _statistics;

    public RequestStatisticsTests() => _statistics = new RequestStatistics(_time);

    [Fact]
    public void Served_is_counted_by_code_and_by_the_first_bound_that_it_does_not_exceed()
    {
        _statistics.Served(EchoMethods.Unary, StatusCode.OK, 0.0004);
        _statistics.Served(EchoMethods.Unary, StatusCode.OK, 0.0004);
        _statistics.Served(EchoMethods.Unary, StatusCode.NotFound, 3600);
        _statistics.Served(EchoMethods.Unary, (StatusCode)99, 0.0006);

        var series = Assert.Single(_statistics.Read());
        var interval = Assert.Single(series.Intervals);

        Assert.Equal(RequestKind.Unary, series.Kind);
        Assert.Equal([("NOT_FOUND", 1), ("OK", 2), ("UNKNOWN", 1)], interval.Codes.Select(code => (code.Code, code.Count)).Order());
        Assert.Equal(2, interval.LatencyCounts[0]);
        Assert.Equal(1, interval.LatencyCounts[1]);
        Assert.Equal(LatencyScale.Count, interval.LatencyCounts.Count);
        Assert.Equal(1, interval.LatencyCounts[^1]);
    }

    [Fact]
    public void Read_after_an_hour_nothing_is_left_and_the_same_place_is_used_anew()
    {
        _statistics.Served(EchoMethods.Unary, StatusCode.Internal, 0.1);
        _time.Advance(TimeSpan.FromMinutes(Hour.Intervals));
        Assert.Empty(_statistics.Read());

        _statistics.Served(EchoMethods.Unary, StatusCode.OK, 0.1);

        var interval = Assert.Single(Assert.Single(_statistics.Read()).Intervals);
        Assert.Equal("OK", Assert.Single(interval.Codes).Code);
    }

    [Fact]
    public void Read_minutes_apart_each_has_its_own_interval_oldest_first()
    {
        _statistics.Answered("GET /books/{id}", 200, 0.01);
        _time.Advance(TimeSpan.FromMinutes(5));
        _statistics.Answered("GET /books/{id}", 503, 0.01);

        var series = Assert.Single(_statistics.Read());

        Assert.Equal(RequestKind.Page, series.Kind);
        Assert.Equal(["2xx", "503"], series.Intervals.Select(interval => Assert.Single(interval.Codes).Code));
        Assert.Equal(300, series.Intervals[1].StartTime.Seconds - series.Intervals[0].StartTime.Seconds);
    }

    [Fact]
    public void Served_from_many_threads_loses_none()
    {
        const int Each = 10_000;

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                _statistics.Served(EchoMethods.Unary, StatusCode.OK, 0.001);
            }
        });

        Assert.Equal(4 * Each, Assert.Single(_statistics.Read()).Intervals.Sum(interval => interval.Codes.Sum(code => code.Count)));
    }
}
