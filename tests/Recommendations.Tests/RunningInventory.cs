using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Inventory;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Recommendations.Tests;

/// <summary>The real service that Recommendations follows. It can be stopped and come back at the same address.</summary>
internal sealed class RunningInventory : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private ServiceApplication? _application;

    private RunningInventory(TestDatabase database) => _database = database;

    /// <summary>Where it is, or was when it last ran.</summary>
    public string Host => $"localhost:{Port}";

    private int Port { get; set; }

    /// <summary>Starts it with the books that every store opens with.</summary>
    /// <param name="port">The port, or 0 for a free one.</param>
    public static async Task<RunningInventory> StartAsync(int port = 0)
    {
        var running = new RunningInventory(await TestDatabase.CreateAsync(DatabaseDialect.Sqlite)) { Port = port };
        await running.StartAgainAsync();
        return running;
    }

    public async Task StartAgainAsync()
    {
        var accounts = await TestAccounts.SharedAsync();
        var builder = ServiceApplication.CreateBuilder(
            ["--grpc-port", $"{Port}", "--metrics-port", "0", "--accounts-host", accounts.Host, "--inventory-database", _database.ConnectionString]);
        builder.AddInventory();
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.MapInventory();
        await _application.StartAsync(TestContext.Current.CancellationToken);
        Port = _application.GrpcAddress.Port;
    }

    public async Task StopAsync()
    {
        await _application!.DisposeAsync();
        _application = null;
    }

    /// <summary>Gives a book another title.</summary>
    public async Task RenameAsync(int bookId, string title)
    {
        var accounts = await TestAccounts.SharedAsync();
        using var channel = GrpcChannel.ForAddress($"http://{Host}");
        var client = new InventoryService.InventoryServiceClient(channel.Intercept(accounts.AsWhoeverMay()));
        var book = (await client.GetBookAsync(new GetBookRequest { BookId = bookId })).Book;
        book.Title = title;
        await client.UpdateBookAsync(new UpdateBookRequest { Book = book });
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}
