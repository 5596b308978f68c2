using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Feeds;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Forgetting;

/// <summary>Follows the deletions of accounts, so that a service forgets their owners.</summary>
internal sealed partial class DeletionFollower(
    string service,
    AccountsService.AccountsServiceClient accounts,
    DeletionStore store,
    Database database,
    StartupState startup,
    ShutdownState shutdown,
    TimeProvider time,
    ILogger<DeletionFollower> logger) : FeedFollower<FollowDeletionsResponse>(database, startup, shutdown, time)
{
    /// <inheritdoc/>
    protected override Task<string> ReadCursorAsync(CancellationToken cancellationToken) => store.ReadCursorAsync(cancellationToken);

    /// <inheritdoc/>
    protected override AsyncServerStreamingCall<FollowDeletionsResponse> Open(string cursor, CallOptions options) =>
        accounts.FollowDeletions(new FollowDeletionsRequest { Cursor = cursor }, options);

    /// <inheritdoc/>
    protected override (string Cursor, bool CaughtUp) PlaceOf(FollowDeletionsResponse message) => (message.Cursor, message.CaughtUp);

    /// <inheritdoc/>
    protected override async Task<bool> TakeAsync(
        string before, IReadOnlyList<FollowDeletionsResponse> messages, string after, bool caughtUp, CancellationToken cancellationToken)
    {
        List<string> accountIds = [.. messages.Select(message => message.AccountId).Where(account => account.Length > 0).Distinct()];
        if (accountIds.Count == 0 && after == before)
        {
            return true;
        }

        if (!await store.TakeAsync(before, accountIds, after, cancellationToken))
        {
            return false;
        }

        if (accountIds.Count > 0)
        {
            LogForgotten(service, accountIds.Count);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override string TraceOf(FollowDeletionsResponse message) => message.Traceparent;

    /// <inheritdoc/>
    protected override void SayTaken() => LogTaken(service);

    /// <inheritdoc/>
    protected override async Task BeginAnewAsync(CancellationToken cancellationToken) =>
        await store.TakeAsync(await store.ReadCursorAsync(cancellationToken), [], "", cancellationToken);

    /// <inheritdoc/>
    protected override void SayFollowing(int messages) => LogFollowing(service);

    /// <inheritdoc/>
    protected override void SayAway(string reason) => LogAway(service, reason);

    [LoggerMessage(EventName = "FollowingDeletions", Level = LogLevel.Information, Message = "{Service} follows the deletions of accounts")]
    private partial void LogFollowing(string service);

    [LoggerMessage(EventName = "DeletionsAway", Level = LogLevel.Warning,
        Message = "{Service} cannot follow the deletions of accounts; it forgets later: {Reason}")]
    private partial void LogAway(string service, string reason);

    [LoggerMessage(EventName = "DeletionTaken", Level = LogLevel.Debug, Message = "{Service} has taken a deletion in")]
    private partial void LogTaken(string service);

    [LoggerMessage(EventName = "OwnersForgotten", Level = LogLevel.Information, Message = "{Service} has forgotten the owners of {Count} accounts")]
    private partial void LogForgotten(string service, int count);
}
