using System.Collections.Concurrent;
using BooksForYou.Contracts.Transactions.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Reviews.Tests;

/// <summary>As much of Transactions as Reviews asks, on a real socket; it goes away and comes back when a test says so.</summary>
internal sealed class TransactionsStandIn : TransactionsService.TransactionsServiceBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Customer, int BookId), bool> _bought = new();
    private ServiceApplication? _application;
    private int _asked;

    /// <summary>Whether every call is refused.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether no call is answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public string Host => $"127.0.0.1:{_application!.GrpcAddress.Port}";

    public static async Task<TransactionsStandIn> StartAsync(string accountsHost)
    {
        var standIn = new TransactionsStandIn();
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", "--accounts-host", accountsHost]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(standIn);
        standIn._application = builder.Build();
        standIn._application.MapGrpcService<TransactionsStandIn>();
        await standIn._application.StartAsync(TestContext.Current.CancellationToken);
        return standIn;
    }

    public void Sell(string customer, int bookId) => _bought[(customer, bookId)] = true;

    public override async Task<ListBoughtBooksResponse> ListBoughtBooks(ListBoughtBooksRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _asked);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return IsAway
            ? throw new UnavailableException("down")
            : new ListBoughtBooksResponse { BookIds = { request.BookIds.Where(bookId => _bought.ContainsKey((request.CustomerId, bookId))) } };
    }

    public ValueTask DisposeAsync() => _application!.DisposeAsync();
}
