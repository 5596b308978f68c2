using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Feeds;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Recommendations.Catalogue;

/// <summary>Follows Inventory's catalogue into our own copy of it.</summary>
internal sealed partial class CatalogueFollower(
    InventoryService.InventoryServiceClient inventory,
    CatalogueStore store,
    CatalogueRefresh refresh,
    [FromKeyedServices("Recommendations")] Database database,
    StartupState startup,
    ShutdownState shutdown,
    TimeProvider time,
    ILogger<CatalogueFollower> logger) : FeedFollower<FollowBooksResponse>(database, startup, shutdown, time)
{
    private CopyState _state = new("", 0, 0);
    private CopyState? _seen;

    /// <inheritdoc/>
    protected override async Task<string> ReadCursorAsync(CancellationToken cancellationToken)
    {
        _state = await store.ReadStateAsync(cancellationToken);
        AskForRefresh();
        return _state.Cursor;
    }

    /// <inheritdoc/>
    protected override AsyncServerStreamingCall<FollowBooksResponse> Open(string cursor, CallOptions options) =>
        inventory.FollowBooks(new FollowBooksRequest { Cursor = cursor }, options);

    /// <inheritdoc/>
    protected override (string Cursor, bool CaughtUp) PlaceOf(FollowBooksResponse message) => (message.Cursor, message.CaughtUp);

    /// <inheritdoc/>
    protected override async Task<bool> TakeAsync(
        string before, IReadOnlyList<FollowBooksResponse> messages, string after, bool caughtUp, CancellationToken cancellationToken)
    {
        var state = _state.MoveOn(after, caughtUp);
        if (state == _state)
        {
            return true;
        }

        var books = messages.Where(message => message.Book is not null).Select(message => Take(message.Book)).Reverse().DistinctBy(book => book.Id);
        if (!await store.ApplyAsync(_state, [.. books], state, cancellationToken))
        {
            return false;
        }

        _state = state;
        AskForRefresh();
        return true;
    }

    /// <inheritdoc/>
    protected override string TraceOf(FollowBooksResponse message) => message.Traceparent;

    /// <inheritdoc/>
    protected override void SayTaken() => LogTaken();

    /// <inheritdoc/>
    protected override async Task BeginAnewAsync(CancellationToken cancellationToken)
    {
        LogOtherCatalogue();
        var state = await store.ReadStateAsync(cancellationToken);
        await store.ApplyAsync(state, [], state.BeginAnew(), cancellationToken);
    }

    /// <inheritdoc/>
    protected override void SayFollowing(int messages) => LogFollowing(messages);

    /// <inheritdoc/>
    protected override void SayAway(string reason) => LogAway(reason);

    // Whoever has moved the copy on, this process or another one.
    private void AskForRefresh()
    {
        if (_state != _seen)
        {
            _seen = _state;
            refresh.Ask();
        }
    }

    private static Book Take(Contracts.Inventory.V1.Book book) => new()
    {
        Id = book.BookId,
        Title = book.Title,
        Author = book.Author,
        Year = book.HasYear ? book.Year : null,
        Category = book.Category,
    };

    [LoggerMessage(EventName = "FollowingCatalogue", Level = LogLevel.Information, Message = "Following the catalogue; {Messages} messages came at last")]
    private partial void LogFollowing(int messages);

    [LoggerMessage(EventName = "BookTaken", Level = LogLevel.Debug, Message = "A change of the catalogue is taken into the copy")]
    private partial void LogTaken();

    [LoggerMessage(EventName = "CatalogueAway", Level = LogLevel.Warning, Message = "The catalogue cannot be followed, and the copy stays as it is: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(EventName = "OtherCatalogue", Level = LogLevel.Warning, Message = "Inventory has another catalogue than before: it is read from the beginning")]
    private partial void LogOtherCatalogue();
}
