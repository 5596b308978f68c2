namespace Grpc.Core;

/// <summary>How a call is made. Cannot be changed: each <c>With</c> method gives a changed copy.</summary>
public struct CallOptions
{
    /// <summary>Sets the options of a call.</summary>
    /// <param name="headers">Headers to send with the call.</param>
    /// <param name="deadline">When the call must have ended, in UTC; null for no limit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How messages are written.</param>
    /// <param name="propagationToken">What to pass on of the call that this one serves.</param>
    /// <param name="credentials">Who makes the call.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
        IsWaitForReady = false;
    }

    /// <summary>Headers to send with the call; null for none.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>When the call must have ended, in UTC; null for no limit.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>How messages are written; null for the default.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>What to pass on of the call that this one serves; null for nothing.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Who makes the call; null for what the channel says.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Whether to wait, until the deadline, for a server that is not there yet, and not to fail at once.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>Copies the options with other headers.</summary>
    /// <param name="headers">The headers.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>Copies the options with another deadline.</summary>
    /// <param name="deadline">When the call must have ended, in UTC.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>Copies the options with another cancellation token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>Copies the options with other write options.</summary>
    /// <param name="writeOptions">How messages are written.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>Copies the options with another propagation token.</summary>
    /// <param name="propagationToken">What to pass on of the call that this one serves.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) => this with { PropagationToken = propagationToken };

    /// <summary>Copies the options with other credentials.</summary>
    /// <param name="credentials">Who makes the call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>Copies the options, to wait for a server that is not there yet, or not.</summary>
    /// <param name="waitForReady"><see langword="true"/> to wait.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
