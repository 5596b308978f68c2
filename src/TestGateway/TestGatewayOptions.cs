using System.Net;

namespace BooksForYou.TestGateway;

/// <summary>How the test gateway runs.</summary>
public sealed record TestGatewayOptions
{
    /// <summary>The port that it listens on unless told otherwise.</summary>
    public const int DefaultPort = 5080;

    /// <summary>The key that it asks for unless told otherwise.</summary>
    public const string DefaultKey = "test";

    /// <summary>The address that it listens on: this machine only, unless it has a container or a machine to itself.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port that it listens on; 0 for any that is free.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The folder of the ledger, <c>test-gateway.jsonl</c>. It is made if need be.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>The key that callers show in the header <c>Authorization: Bearer KEY</c>.</summary>
    public string Key { get; init; } = DefaultKey;

    /// <summary>How long <see cref="TestCardScenario.Slow"/> takes.</summary>
    public TimeSpan SlowDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When <see cref="TestCardScenario.TimesOutAfterCharging"/> is answered at last, if the caller is still there.</summary>
    public TimeSpan LateAnswerDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string ToString() => $"{Address}:{Port}, ledger in {DataDirectory}";
}
