using System.Net;
using System.Net.Sockets;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Recommendations.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Marketplace.Tests;

/// <summary>
/// Stands in for the Recommendations service: the same contracts over a real socket, but it can be stopped and started at the same address,
/// and it can be told to keep callers waiting.
/// </summary>
internal sealed class RecommendationsStandIn : IAsyncDisposable
{
    private WebApplication? _server;
    private volatile TaskCompletionSource? _held;
    private int _recommendCalls;
    private int _getBookCalls;

    private RecommendationsStandIn(IReadOnlyList<Book> books) => Books = books;

    /// <summary>The catalogue.</summary>
    public IReadOnlyList<Book> Books { get; set; }

    /// <summary>Where the service is, or was: it stays the same when it is stopped and started.</summary>
    public int Port { get; private set; }

    /// <summary>The address as <c>RECOMMENDATIONS_HOST</c> takes it.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>How many times books have been recommended.</summary>
    public int RecommendCalls => Volatile.Read(ref _recommendCalls);

    /// <summary>How many times a book has been asked for.</summary>
    public int GetBookCalls => Volatile.Read(ref _getBookCalls);

    /// <summary>Starts the service at a free port.</summary>
    public static async Task<RecommendationsStandIn> StartAsync(IReadOnlyList<Book>? books = null)
    {
        var standIn = new RecommendationsStandIn(books ?? Library.Books);
        await standIn.StartServerAsync();
        return standIn;
    }

    /// <summary>An address at which nothing has ever listened.</summary>
    public static RecommendationsStandIn NeverStarted()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new RecommendationsStandIn(Library.Books) { Port = ((IPEndPoint)probe.LocalEndpoint).Port };
    }

    /// <summary>Starts the service, again if it has been stopped.</summary>
    public async Task StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _server = builder.Build();
        _server.MapGrpcService<Recommender>();
        _server.MapGrpcService<Inventory>();
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

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopServerAsync();
        }
    }

    private Task PassAsync(ServerCallContext context) => _held?.Task.WaitAsync(context.CancellationToken) ?? Task.CompletedTask;

    private IEnumerable<Book> In(BookCategory category) =>
        category == BookCategory.Unspecified ? Books : Books.Where(book => book.Category == category);

    private sealed class Recommender(RecommendationsStandIn standIn) : RecommendationsService.RecommendationsServiceBase
    {
        public override async Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref standIn._recommendCalls);
            await standIn.PassAsync(context);
            var books = standIn.In(request.Category).ToArray();
            Random.Shared.Shuffle(books);
            return new RecommendResponse { Recommendations = { books.Take(request.MaxResults).Select(book => Of(book, "Picked at random from the shelf.")) } };
        }

        public override async Task<SimilarBooksResponse> SimilarBooks(SimilarBooksRequest request, ServerCallContext context)
        {
            await standIn.PassAsync(context);
            var book = Find(standIn, request.BookId);
            var similar = standIn.In(book.Category).Where(other => other != book).Take(request.MaxResults);
            return new SimilarBooksResponse { Recommendations = { similar.Select(other => Of(other, "From the same shelf.")) } };
        }

        private static Recommendation Of(Book book, string reason) =>
            new() { BookId = book.BookId, Title = book.Title, Author = book.Author, Category = book.Category, Reason = reason };
    }

    private sealed class Inventory(RecommendationsStandIn standIn) : InventoryService.InventoryServiceBase
    {
        public override async Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref standIn._getBookCalls);
            await standIn.PassAsync(context);
            return new GetBookResponse { Book = Find(standIn, request.BookId) };
        }

        public override async Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context)
        {
            await standIn.PassAsync(context);
            var start = 0;
            if (request.PageToken.Length > 0 && (!int.TryParse(request.PageToken, out start) || start < 0))
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "page_token is none of ours"));
            }

            var books = standIn.In(request.Category).OrderBy(book => book.Title, StringComparer.Ordinal).Skip(start).ToList();
            var size = Math.Min(request.PageSize, PageLimit);
            return new ListBooksResponse { Books = { books.Take(size) }, NextPageToken = books.Count > size ? $"{start + size}" : "" };
        }

        public override async Task<SearchBooksResponse> SearchBooks(SearchBooksRequest request, ServerCallContext context)
        {
            await standIn.PassAsync(context);
            if (request.PageToken.Length > 0)
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "page_token is none of ours"));
            }

            var found = standIn.Books.Where(book => book.Title.Contains(request.Query, StringComparison.OrdinalIgnoreCase));
            return new SearchBooksResponse { Books = { found.Take(request.PageSize) } };
        }

        // Small enough that the stand-in's few books fill several pages.
        private const int PageLimit = 5;
    }

    private static Book Find(RecommendationsStandIn standIn, int id) =>
        standIn.Books.FirstOrDefault(book => book.BookId == id) ?? throw new RpcException(new Status(StatusCode.NotFound, "Book not found"));
}
