using System.Net;
using BooksForYou.Contracts.Reviews.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Stands in for Reviews over a real socket: it can be stopped, started again at the same address, told to keep callers waiting, and to answer late.</summary>
internal sealed class ReviewsStandIn : ReviewsService.ReviewsServiceBase, IAsyncDisposable
{
    private WebApplication? _server;
    private volatile TaskCompletionSource? _held;
    private int _ratingCalls;
    private int _listCalls;

    /// <summary>The reviews that there are.</summary>
    public List<Review> Reviews { get; } = [];

    /// <summary>How late every answer is.</summary>
    public TimeSpan Lateness { get; set; }

    /// <summary>Where the service is, or was.</summary>
    public int Port { get; private set; }

    /// <summary>The address as <c>REVIEWS_HOST</c> takes it.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>How many times ratings have been asked for.</summary>
    public int RatingCalls => Volatile.Read(ref _ratingCalls);

    /// <summary>How many times reviews have been asked for.</summary>
    public int ListCalls => Volatile.Read(ref _listCalls);

    /// <summary>Starts the service at a free port.</summary>
    public static async Task<ReviewsStandIn> StartAsync(params Review[] reviews)
    {
        var standIn = new ReviewsStandIn();
        standIn.Reviews.AddRange(reviews);
        await standIn.StartServerAsync();
        return standIn;
    }

    /// <summary>A review.</summary>
    public static Review Make(int book, int stars, string title = "A title", string text = "A text.", string reader = "Ada") => new()
    {
        ReviewId = Guid.NewGuid().ToString("N"),
        BookId = book,
        Stars = stars,
        Title = title,
        Text = text,
        ReaderName = reader,
        State = ReviewState.Visible,
        CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(new DateTime(2026, 3, 14, 9, 26, 0, DateTimeKind.Utc)),
    };

    /// <summary>Starts the service, again if it has been stopped.</summary>
    public async Task StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _server = builder.Build();
        _server.MapGrpcService<ReviewsStandIn>();
        await _server.StartAsync();
        Port = new Uri(_server.Urls.Single()).Port;
    }

    /// <summary>Ends the service at once: its port refuses connections from now on.</summary>
    public async Task StopServerAsync()
    {
        Release();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _server!.StopAsync(atOnce.Token);
        await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>Keeps every call waiting from now on.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers the calls that wait, and those that come.</summary>
    public void Release() => Interlocked.Exchange(ref _held, null)?.TrySetResult();

    public override async Task<BatchGetRatingsResponse> BatchGetRatings(BatchGetRatingsRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _ratingCalls);
        await PassAsync(context);
        return new BatchGetRatingsResponse
        {
            Ratings = { Reviews.Where(review => request.BookIds.Contains(review.BookId)).GroupBy(review => review.BookId).Select(Rate) },
        };
    }

    public override async Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _listCalls);
        await PassAsync(context);
        var start = request.PageToken.Length == 0 ? 0 : int.TryParse(request.PageToken, out var number) ? number : throw NoToken();
        var all = Reviews.Where(review => review.BookId == request.BookId);
        var ordered = (request.Order == ReviewOrder.MostHelpful ? all.OrderByDescending(review => review.HelpfulVotes) : all.Reverse()).Skip(start).ToList();
        return new ListReviewsResponse
        {
            Reviews = { ordered.Take(request.PageSize) },
            NextPageToken = ordered.Count > request.PageSize ? $"{start + request.PageSize}" : "",
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopServerAsync();
        }
    }

    private static RpcException NoToken() => new(new Status(StatusCode.InvalidArgument, "page_token is none of ours"));

    private static Rating Rate(IGrouping<int, Review> reviews)
    {
        var counts = Enumerable.Range(1, 5).Select(stars => reviews.Count(review => review.Stars == stars)).ToList();
        var average = (int)Math.Round(reviews.Average(review => review.Stars) * 100, MidpointRounding.AwayFromZero);
        return new Rating { BookId = reviews.Key, Count = reviews.Count(), AverageHundredths = average, Histogram = { counts } };
    }

    private async Task PassAsync(ServerCallContext context)
    {
        if (_held is { } held)
        {
            await held.Task.WaitAsync(context.CancellationToken);
        }

        await Task.Delay(Lateness, context.CancellationToken);
    }
}
