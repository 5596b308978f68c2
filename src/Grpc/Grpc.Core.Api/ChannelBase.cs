using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>A way to a server, over which calls are made. Expensive to create, cheap to use: one serves a whole process.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel.</summary>
    /// <param name="target">The server's address.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    protected ChannelBase(string target)
    {
        Target = GrpcPreconditions.CheckNotNull(target, nameof(target));
    }

    /// <summary>The server's address, as it was given.</summary>
    public string Target { get; }

    /// <summary>Gives what starts calls over this channel.</summary>
    /// <returns>The invoker.</returns>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel. Calls that have not ended are cancelled.</summary>
    /// <returns>A task that ends when the channel has.</returns>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Does the work of <see cref="ShutdownAsync"/>: nothing, unless overridden.</summary>
    /// <returns>A task that ends when the channel has.</returns>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
