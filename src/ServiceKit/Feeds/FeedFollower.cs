using System.Data.Common;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Storage;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace BooksForYou.ServiceKit.Feeds;

/// <summary>
/// Follows a feed of another service into a service's own database: from where it was when this process last stopped, and again, after pauses that
/// grow, whenever the other service has been away. What a feed sends is taken in together with the cursor behind it, in one transaction, so that
/// nothing is lost when the process dies; what is sent twice must do no harm. Several replicas on one database follow together: whoever is first
/// writes, and the others go on from there.
/// </summary>
/// <typeparam name="TMessage">What the feed sends.</typeparam>
/// <param name="database">The service's own database.</param>
/// <param name="startup">Tells when the process serves.</param>
/// <param name="shutdown">Tells when it is to stop.</param>
/// <param name="time">The clock that pauses go by.</param>
public abstract class FeedFollower<TMessage>(Database database, StartupState startup, ShutdownState shutdown, TimeProvider time) : BackgroundService
    where TMessage : class
{
    private const int MostAtOnce = 500;
    private const string SpanName = "take in feed";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly List<TMessage> _taken = [];
    private bool _isFollowing;
    private bool _isAway;
    private long _behindSince = time.GetTimestamp();

    /// <summary>How long we have not had everything that there is; zero while we have.</summary>
    public TimeSpan Lag => Volatile.Read(ref _behindSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // As soon as the process is told to stop: the other service may be in it, and then it is not away, but going with us.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, shutdown.Stopping);
        try
        {
            await Task.WhenAll(database.Prepared, startup.Serving).WaitAsync(ending.Token);
            await KeepFollowingAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // We are as far as we have come; the next start goes on from there.
        }
    }

    /// <summary>Reads how far we have come.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The cursor; empty for the beginning.</returns>
    protected abstract Task<string> ReadCursorAsync(CancellationToken cancellationToken);

    /// <summary>Opens the feed.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="options">The options of the call.</param>
    /// <returns>The call.</returns>
    protected abstract AsyncServerStreamingCall<TMessage> Open(string cursor, CallOptions options);

    /// <summary>Reads what every feed says with a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Where to go on after it, and whether it is the last one for now.</returns>
    protected abstract (string Cursor, bool CaughtUp) PlaceOf(TMessage message);

    /// <summary>Takes messages in and moves the cursor on, both or neither.</summary>
    /// <param name="before">The cursor before them.</param>
    /// <param name="messages">The messages in order. Some may only say that the follower has caught up.</param>
    /// <param name="after">The cursor after them.</param>
    /// <param name="caughtUp">Whether that is all there is for now.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>Whether we had come so far. If not, another process has taken over, and nothing was changed.</returns>
    protected abstract Task<bool> TakeAsync(
        string before, IReadOnlyList<TMessage> messages, string after, bool caughtUp, CancellationToken cancellationToken);

    /// <summary>Reads which trace a message belongs to.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The trace of the request that it came of, as <see cref="TraceParent"/> writes it; empty for none.</returns>
    protected abstract string TraceOf(TMessage message);

    /// <summary>Logs, as a part of the trace that they belong to, that messages were taken in.</summary>
    protected abstract void SayTaken();

    /// <summary>Goes back to the beginning, since the feed is another one than before (OUT_OF_RANGE).</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when that is written.</returns>
    protected abstract Task BeginAnewAsync(CancellationToken cancellationToken);

    /// <summary>Logs that we have caught up.</summary>
    /// <param name="messages">How many messages came at last.</param>
    protected abstract void SayFollowing(int messages);

    /// <summary>Logs that the feed cannot be followed: once, and not for what passes.</summary>
    /// <param name="reason">Why.</param>
    protected abstract void SayAway(string reason);

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
                await BeginAnewAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is RpcException or DbException or DatabaseUnavailableException or IOException)
            {
                stoppingToken.ThrowIfCancellationRequested();
                pause = _isFollowing ? FirstPause : pause;
                NoteAway(exception, pause);
            }

            _isFollowing = false;
            Interlocked.CompareExchange(ref _behindSince, time.GetTimestamp(), 0);

            // Up to a quarter more, so that replicas do not all come back in the same moment.
            await Task.Delay(pause * (1 + (Random.Shared.NextDouble() / 4)), time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Ends without an exception when the other service ends the stream, or when another process was quicker.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        _taken.Clear();
        var cursor = await ReadCursorAsync(cancellationToken);
        using var call = Open(cursor, new CallOptions(deadline: DateTime.MaxValue, cancellationToken: cancellationToken));
        await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            _taken.Add(message);
            var (after, caughtUp) = PlaceOf(message);
            if (!caughtUp && _taken.Count < MostAtOnce)
            {
                continue;
            }

            if (!await TakeTracedAsync(cursor, after, caughtUp, cancellationToken))
            {
                return;
            }

            NoteTaken(caughtUp);
            if (caughtUp && !_isFollowing)
            {
                SayFollowing(_taken.Count);
                (_isFollowing, _isAway) = (true, false);
            }

            cursor = after;
            _taken.Clear();
        }
    }

    // Of one request, nearly always. When several have come in together, what is done with them belongs to none, and each is told for itself.
    private async Task<bool> TakeTracedAsync(string before, string after, bool caughtUp, CancellationToken cancellationToken)
    {
        List<string> traces = [.. _taken.Select(TraceOf).Where(trace => trace.Length > 0).Distinct()];
        using (var span = traces is [var only] ? TraceParent.Continue(only, SpanName) : null)
        {
            if (!await TakeAsync(before, _taken, after, caughtUp, cancellationToken))
            {
                return false;
            }

            if (span is not null)
            {
                SayTaken();
                return true;
            }
        }

        foreach (var trace in traces)
        {
            using var span = TraceParent.Continue(trace, SpanName);
            SayTaken();
        }

        return true;
    }

    private void NoteTaken(bool caughtUp)
    {
        if (caughtUp)
        {
            Volatile.Write(ref _behindSince, 0);
        }
        else
        {
            Interlocked.CompareExchange(ref _behindSince, time.GetTimestamp(), 0);
        }
    }

    // At the start of the store everybody waits for everybody.
    private void NoteAway(Exception exception, TimeSpan pause)
    {
        // Told to stop, the other service in this process may end the stream before we do.
        if (!shutdown.IsStopping && !_isAway && (_isFollowing || pause >= WorthSaying))
        {
            SayAway(exception is RpcException call ? call.Status.ToString() : exception.Message);
            _isAway = true;
        }
    }
}
