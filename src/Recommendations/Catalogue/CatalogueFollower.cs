using System.Data.Common;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>
/// Follows Inventory's catalogue into our own copy of it: from where it was when this process last stopped, and again whenever Inventory
/// has been away. Several replicas on one database follow together; whoever is first writes, and the others go on from there.
/// </summary>
internal sealed partial class CatalogueFollower(
    InventoryService.InventoryServiceClient inventory,
    CatalogueStore store,
    CatalogueRefresh refresh,
    [FromKeyedServices("Recommendations")] Database database,
    StartupState startup,
    ShutdownState shutdown,
    TimeProvider time,
    ILogger<CatalogueFollower> logger) : BackgroundService
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, Book> _taken = [];
    private CopyState? _seen;
    private bool _isFollowing;
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // As soon as the process is told to stop: Inventory may be in it, and then it is not away, but going with us.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, shutdown.Stopping);
        try
        {
            await Task.WhenAll(database.Prepared, startup.Serving).WaitAsync(ending.Token);
            await KeepFollowingAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The copy is as far as it has come; the next start goes on from there.
        }
    }

    private async Task KeepFollowingAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ;)
        {
            try
            {
                await FollowAsync(stoppingToken);
                pause = FirstPause;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.OutOfRange)
            {
                LogOtherCatalogue();
                await BeginAnewAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is RpcException or DbException or DatabaseUnavailableException or IOException)
            {
                stoppingToken.ThrowIfCancellationRequested();
                pause = _isFollowing ? FirstPause : pause;
                SayAway(exception, pause);
            }

            _isFollowing = false;

            // Up to a quarter more, so that replicas do not all come back in the same moment.
            await Task.Delay(pause * (1 + (Random.Shared.NextDouble() / 4)), time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Ends without an exception when Inventory ends the stream, or when another process was quicker.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        _taken.Clear();
        var state = await store.ReadStateAsync(cancellationToken);
        AskForRefresh(state);
        using var call = inventory.FollowBooks(
            new FollowBooksRequest { Cursor = state.Cursor }, deadline: DateTime.MaxValue, cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (response.Book is { } book)
            {
                _taken[book.BookId] = Take(book);
            }

            if (!response.CaughtUp && _taken.Count < MostAtOnce)
            {
                continue;
            }

            var after = state.MoveOn(response.Cursor, response.CaughtUp);
            if (after != state)
            {
                if (!await store.ApplyAsync(state, _taken.Values, after, cancellationToken))
                {
                    return;
                }

                AskForRefresh(after);
            }

            if (response.CaughtUp && !_isFollowing)
            {
                LogFollowing(_taken.Count);
                (_isFollowing, _isAway) = (true, false);
            }

            state = after;
            _taken.Clear();
        }
    }

    // Whoever has moved the copy on, this process or another one.
    private void AskForRefresh(CopyState state)
    {
        if (state != _seen)
        {
            _seen = state;
            refresh.Ask();
        }
    }

    // Once, and not for what passes: at the start of the store everybody waits for everybody.
    private void SayAway(Exception exception, TimeSpan pause)
    {
        if (!_isAway && (_isFollowing || pause >= WorthSaying))
        {
            LogAway(exception is RpcException call ? call.Status.ToString() : exception.Message);
            _isAway = true;
        }
    }

    private async Task BeginAnewAsync(CancellationToken cancellationToken)
    {
        var state = await store.ReadStateAsync(cancellationToken);
        await store.ApplyAsync(state, [], state.BeginAnew(), cancellationToken);
    }

    private static Book Take(Contracts.Inventory.V1.Book book) => new()
    {
        Id = book.BookId,
        Title = book.Title,
        Author = book.Author,
        Year = book.HasYear ? book.Year : null,
        Category = book.Category,
    };

    [LoggerMessage(EventName = "FollowingCatalogue", Level = LogLevel.Information, Message = "Following the catalogue; {Books} books were new or changed at last")]
    private partial void LogFollowing(int books);

    [LoggerMessage(EventName = "CatalogueAway", Level = LogLevel.Warning, Message = "The catalogue cannot be followed, and the copy stays as it is: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(EventName = "OtherCatalogue", Level = LogLevel.Warning, Message = "Inventory has another catalogue than before: it is read from the beginning")]
    private partial void LogOtherCatalogue();
}
