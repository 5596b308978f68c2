namespace Grpc.Core;

/// <summary>A call as the server that handles it sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>For a server's own context, and for tests.</summary>
    protected ServerCallContext()
    {
    }

    /// <summary>The path of the method: <c>/booksforyou.cart.v1.Cart/AddItem</c>.</summary>
    public string Method => MethodCore;

    /// <summary>The host that the client asked for.</summary>
    public string Host => HostCore;

    /// <summary>The client's address: <c>ipv4:127.0.0.1:40000</c>, <c>ipv6:[::1]:40000</c> or <c>unix:path</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>When the call must have ended, in UTC; <see cref="DateTime.MaxValue"/> for no limit.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>The headers that the client sent.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client leaves, the deadline passes or the connection breaks.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>The trailers to send when the call ends.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>The status to end the call with, if its method returns. OK at first.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How the responses that follow are written; null for the default.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>What is known of the client from the security of its connection.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>What interceptors and the method leave for each other during the call.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>Does the work of <see cref="Method"/>.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>Does the work of <see cref="Host"/>.</summary>
    protected abstract string HostCore { get; }

    /// <summary>Does the work of <see cref="Peer"/>.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>Does the work of <see cref="Deadline"/>.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>Does the work of <see cref="RequestHeaders"/>.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>Does the work of <see cref="CancellationToken"/>.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>Does the work of <see cref="ResponseTrailers"/>.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>Does the work of <see cref="Status"/>.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>Does the work of <see cref="WriteOptions"/>.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>Does the work of <see cref="AuthContext"/>.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>
    /// Does the work of <see cref="UserState"/>: a dictionary that is created when it is first asked for, unless overridden.
    /// </summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the response headers now, and not with the first response. Once a call, before any response.</summary>
    /// <param name="responseHeaders">The headers.</param>
    /// <returns>A task that ends when they have been sent.</returns>
    /// <exception cref="InvalidOperationException">The headers have been sent already.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Gives what ties another call to this one.</summary>
    /// <param name="options">What the other call takes over; null for all.</param>
    /// <returns>The token for <see cref="CallOptions.WithPropagationToken"/>.</returns>
    /// <exception cref="NotImplementedException">The server does not support it.</exception>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>Does the work of <see cref="WriteResponseHeadersAsync"/>.</summary>
    /// <param name="responseHeaders">The headers.</param>
    /// <returns>A task that ends when they have been sent.</returns>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>Does the work of <see cref="CreatePropagationToken"/>.</summary>
    /// <param name="options">What the other call takes over; null for all.</param>
    /// <returns>The token.</returns>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}
