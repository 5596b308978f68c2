using BooksForYou.Contracts.Reviews.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Dapper;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Reviews.Tests;

/// <summary>The service on a real port, in as many replicas as wanted, with a database of its own and stand-ins of Accounts and Transactions.</summary>
internal sealed class RunningReviews : IAsyncDisposable
{
    private readonly List<ServiceApplication> _replicas = [];
    private readonly List<GrpcChannel> _channels = [];

    private RunningReviews(TestDatabase database, TestAccounts accounts, TransactionsStandIn transactions)
    {
        Database = database;
        Accounts = accounts;
        Transactions = transactions;
    }

    public TestDatabase Database { get; }

    public TestAccounts Accounts { get; }

    public TransactionsStandIn Transactions { get; }

    public ManualTime Time { get; } = new();

    public LogCollector Log { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public List<ReviewsService.ReviewsServiceClient> Clients { get; } = [];

    public ReviewsService.ReviewsServiceClient Client => Clients[0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RunningReviews> StartAsync(DatabaseDialect engine, int replicas = 1, params string[] settings)
    {
        var accounts = await TestAccounts.SharedAsync();
        var running = new RunningReviews(await TestDatabase.CreateAsync(engine), accounts, await TransactionsStandIn.StartAsync(accounts.Host));
        for (var replica = 0; replica < replicas; replica++)
        {
            await running.AddReplicaAsync(settings);
        }

        return running;
    }

    /// <summary>A new customer's id.</summary>
    public static string NewReader() => $"account:{Guid.NewGuid():N}"[..34];

    public T Get<T>()
        where T : notnull => _replicas[0].Services.GetRequiredService<T>();

    public T GetOfReviews<T>()
        where T : notnull => _replicas[0].Services.GetRequiredKeyedService<T>("Reviews");

    public Metadata As(string reader, string name = "Ada") => Accounts.Headers(Role.Customer, reader, name);

    public Metadata AsAdmin() => Accounts.Headers(Role.Admin, "account:admin", "The shop");

    public Metadata AsVisitor(string visitor) => Accounts.Headers(Role.Visitor, visitor);

    public Metadata AsService() => Accounts.Headers(Role.Service, "service:Test");

    public async Task<Contracts.Reviews.V1.Review> WriteAsync(
        string reader, int bookId = 1, int stars = 5, string title = "", string text = "", string name = "Ada", int replica = 0)
    {
        var request = new WriteReviewRequest { BookId = bookId, Stars = stars, Title = title, Text = text };
        return (await Clients[replica].WriteReviewAsync(request, As(reader, name), Soon(), Token)).Review;
    }

    public async Task DeleteAsync(string reader, int bookId = 1, int replica = 0) =>
        await Clients[replica].DeleteReviewAsync(new DeleteReviewRequest { BookId = bookId }, As(reader), Soon(), Token);

    public async Task<Contracts.Reviews.V1.Review?> MineAsync(string reader, int bookId = 1) =>
        (await Client.GetMyReviewAsync(new GetMyReviewRequest { BookId = bookId }, As(reader), Soon(), Token)).Review;

    public async Task<int> VoteAsync(string reader, string reviewId, bool helpful = true, int replica = 0)
    {
        var request = new VoteHelpfulRequest { ReviewId = reviewId, Helpful = helpful };
        return (await Clients[replica].VoteHelpfulAsync(request, As(reader), Soon(), Token)).HelpfulVotes;
    }

    public async Task ReportAsync(Metadata headers, string reviewId, string reason = "spam") =>
        await Client.ReportReviewAsync(new ReportReviewRequest { ReviewId = reviewId, Reason = reason }, headers, Soon(), Token);

    public async Task<Contracts.Reviews.V1.Review> ModerateAsync(string reviewId, Contracts.Reviews.V1.ReviewState state, int replica = 0)
    {
        var request = new ModerateReviewRequest { ReviewId = reviewId, State = state };
        return (await Clients[replica].ModerateReviewAsync(request, AsAdmin(), Soon(), Token)).Review;
    }

    public async Task<ListReviewsResponse> ListAsync(int bookId = 1, ReviewOrder order = ReviewOrder.Newest, int size = 0, string token = "") =>
        await Client.ListReviewsAsync(
            new ListReviewsRequest { BookId = bookId, Order = order, PageSize = size, PageToken = token }, deadline: Soon(), cancellationToken: Token);

    public async Task<IReadOnlyList<Contracts.Reviews.V1.Rating>> RatingsAsync(params int[] bookIds) =>
        (await Client.BatchGetRatingsAsync(
            new BatchGetRatingsRequest { BookIds = { bookIds } }, deadline: Soon(), cancellationToken: Token)).Ratings;

    public async Task<ListReviewQueueResponse> QueueAsync(int size = 0, string token = "") =>
        await Client.ListReviewQueueAsync(new ListReviewQueueRequest { PageSize = size, PageToken = token }, AsAdmin(), Soon(), Token);

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.Database.OpenConnectionAsync(Token);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Waits until something holds, for a minute at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holdsAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holdsAsync())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Checks that what is kept is what a recount gives.</summary>
    public async Task AssertKeptIsCountedAsync()
    {
        const string Wrong =
            """
            SELECT
                (SELECT count(*) FROM rating WHERE
                    review_count <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE')
                    OR star_sum <> (SELECT coalesce(sum(stars), 0) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE')
                    OR stars_1 <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE' AND stars = 1)
                    OR stars_2 <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE' AND stars = 2)
                    OR stars_3 <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE' AND stars = 3)
                    OR stars_4 <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE' AND stars = 4)
                    OR stars_5 <> (SELECT count(*) FROM review WHERE review.book_id = rating.book_id AND state = 'VISIBLE' AND stars = 5))
                + (SELECT count(*) FROM review WHERE
                    helpful_votes <> (SELECT count(*) FROM helpful_vote WHERE helpful_vote.review_number = review.review_number)
                    OR open_reports <> (SELECT count(*) FROM report WHERE report.review_number = review.review_number AND NOT settled))
            """;
        Assert.Equal(0, await ScalarAsync<long>(Wrong));
    }

    public async Task AddReplicaAsync(params string[] settings)
    {
        string[] defaults =
        [
            "--grpc-port", "0", "--metrics-port", "0", "--reviews-database", Database.ConnectionString,
            "--accounts-host", Accounts.Host, "--transactions-host", Transactions.Host,

            // Unless it is what a test is about, a busy machine is given all the time it needs.
            "--reviews-purchase-timeout", "00:00:10", "--reviews-purchase-interval", "00:00:00.05", "--reviews-feed-poll", "00:00:00.05",
        ];
        var given = settings.Where((_, index) => index % 2 == 0).ToHashSet();
        var builder = ServiceApplication.CreateBuilder([.. defaults.Chunk(2).Where(pair => !given.Contains(pair[0])).SelectMany(pair => pair), .. settings]);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddReviews();
        builder.Logging.ClearProviders().AddProvider(Log);
        var app = builder.Build();
        app.MapReviews();
        await app.StartAsync(Token);
        var channel = GrpcChannel.ForAddress(app.GrpcAddress);
        _replicas.Add(app);
        _channels.Add(channel);
        Clients.Add(new ReviewsService.ReviewsServiceClient(channel));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Transactions.DisposeAsync();
        await Database.DisposeAsync();
        Log.Dispose();
    }

    private static DateTime Soon() => DateTime.UtcNow.AddMinutes(1);
}
