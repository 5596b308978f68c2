namespace Grpc.Core;

/// <summary>Ties a call to the one that it serves. <see cref="ServerCallContext.CreatePropagationToken"/> gives it, where the server supports it.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
