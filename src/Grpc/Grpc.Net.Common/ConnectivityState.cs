namespace Grpc.Core;

/// <summary>How a channel stands with its server.</summary>
public enum ConnectivityState
{
    /// <summary>No connection, and no attempt to make one until a call needs it.</summary>
    Idle,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>The last attempt failed; another follows after a while.</summary>
    TransientFailure,

    /// <summary>The channel has been ended.</summary>
    Shutdown,
}
