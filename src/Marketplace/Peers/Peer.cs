using BooksForYou.ServiceKit.Shutdown;
using Grpc.Core;

namespace BooksForYou.Marketplace.Peers;

/// <summary>
/// Another service, as seen from here. Once it is known to be away, visitors do not wait for it any more: calls are given up before they
/// begin, until a probe in the background has had an answer.
/// </summary>
internal sealed partial class Peer(string name, TimeProvider clock, ShutdownState shutdown, ILogger<Peer> logger)
{
    // A refused connection is certain at once. A single late answer may be bad luck.
    private const int LateAnswersUntilAway = 2;

    private readonly Lock _gate = new();
    private int _lateAnswers;
    private volatile bool _isAway;

    /// <summary>Whether the service is known to be away.</summary>
    public bool IsAway => _isAway;

    /// <summary>Asks the service, unless it is known to be away.</summary>
    /// <param name="call">Makes the call.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    public Task<Answer<T>> AskAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan deadline, CancellationToken cancellation)
        where T : class => _isAway ? Task.FromResult(Answer<T>.Away) : ProbeAsync(call, deadline, cancellation);

    /// <summary>Asks the service in somebody's name, unless it is known to be away or there is no token to ask with.</summary>
    /// <param name="call">Makes the call.</param>
    /// <param name="headers">In whose name; null when no token could be had.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    public Task<Answer<T>> AskAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, Metadata? headers, TimeSpan deadline, CancellationToken cancellation)
        where T : class => headers is null ? Task.FromResult(Answer<T>.Away) : AskAsync(options => call(options.WithHeaders(headers)), deadline, cancellation);

    /// <summary>Asks the service even when it is known to be away.</summary>
    /// <param name="call">Makes the call.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the answer any more.</param>
    /// <param name="isForgiven">Whether no conclusion is drawn from a failure, as while processes are starting.</param>
    public async Task<Answer<T>> ProbeAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan deadline, CancellationToken cancellation, bool isForgiven = false)
        where T : class
    {
        try
        {
            var options = new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + deadline, cancellationToken: cancellation);
            using var running = call(options);
            var answer = new Answer<T>(await running.ResponseAsync.ConfigureAwait(false), IsRefused: false);
            Answered();
            return answer;
        }
        catch (RpcException refusal) when (IsRefusal(refusal.StatusCode))
        {
            Answered();
            return new Answer<T>(null, IsRefused: true, Refusal.Of(refusal));
        }
        catch (RpcException failure) when (!cancellation.IsCancellationRequested)
        {
            // When the whole store stops, services that stop sooner are nothing to look after.
            if (!isForgiven && !shutdown.IsStopping)
            {
                Failed(failure);
            }

            return Answer<T>.Away;
        }
        catch (RpcException failure)
        {
            throw new OperationCanceledException("Nobody waits for the answer any more.", failure, cancellation);
        }
    }

    private static bool IsRefusal(StatusCode code) =>
        code is StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.FailedPrecondition
            or StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.AlreadyExists;

    private void Answered()
    {
        if (_lateAnswers != 0)
        {
            Interlocked.Exchange(ref _lateAnswers, 0);
        }

        if (_isAway)
        {
            Turn(isAway: false, () => LogBack(name));
        }
    }

    private void Failed(RpcException failure)
    {
        var isAway = failure.StatusCode switch
        {
            StatusCode.Unavailable => true,
            StatusCode.DeadlineExceeded => Interlocked.Increment(ref _lateAnswers) >= LateAnswersUntilAway,
            _ => false,
        };
        if (isAway)
        {
            Turn(isAway: true, () => LogAway(name, failure.StatusCode, failure.Status.Detail));
        }
        else
        {
            LogFailed(name, failure.StatusCode, failure.Status.Detail);
        }
    }

    /// <summary>Many calls fail at once, and come back at once: the log has one line for all of them.</summary>
    private void Turn(bool isAway, Action log)
    {
        lock (_gate)
        {
            if (_isAway != isAway)
            {
                log();
                _isAway = isAway;
            }
        }
    }

    [LoggerMessage(EventName = "PeerAway", Level = LogLevel.Warning, Message = "{Peer} is away ({Code}: {Detail}); pages do without it until it is back.")]
    private partial void LogAway(string peer, StatusCode code, string detail);

    [LoggerMessage(EventName = "PeerBack", Level = LogLevel.Information, Message = "{Peer} is back.")]
    private partial void LogBack(string peer);

    [LoggerMessage(EventName = "PeerFailed", Level = LogLevel.Warning, Message = "{Peer} did not answer ({Code}: {Detail}).")]
    private partial void LogFailed(string peer, StatusCode code, string detail);
}
