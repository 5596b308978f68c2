using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests;

/// <summary>A call with fixed values.</summary>
internal sealed class TestServerCallContext : ServerCallContext
{
    public Metadata? SentHeaders { get; private set; }

    public ContextPropagationOptions? PropagationOptions { get; private set; }

    protected override string MethodCore => "/test.Echo/Say";

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:40000";

    protected override DateTime DeadlineCore { get; } = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    protected override Metadata RequestHeadersCore { get; } = new() { { "header", "1" } };

    protected override CancellationToken CancellationTokenCore { get; } = new(canceled: true);

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        SentHeaders = responseHeaders;
        return Task.CompletedTask;
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options)
    {
        PropagationOptions = options;
        return null!;
    }
}
