using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>The context of a call that no server makes.</summary>
internal sealed class HarnessCallContext : ServerCallContext, IServerCallContextFeature
{
    private readonly HttpContext _http;
    private readonly Dictionary<object, object> _userState;

    public HarnessCallContext(HttpContext http, string method)
    {
        _http = http;
        MethodCore = method;
        // Where the server library's GetHttpContext looks for contexts that are not its own.
        _userState = new() { ["__HttpContext"] = http };
    }

    public ServerCallContext ServerCallContext => this;

    protected override string MethodCore { get; }

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:0";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => _http.RequestAborted;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override IDictionary<object, object> UserStateCore => _userState;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
