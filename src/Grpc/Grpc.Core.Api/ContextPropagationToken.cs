namespace Grpc.Core;

/// <summary>Ties a call to the one that it serves.</summary>
/// <remarks><see cref="ServerCallContext.CreatePropagationToken"/> gives it, where the server supports it.</remarks>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
