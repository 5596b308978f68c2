using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>
/// A call ended with a status other than OK. Thrown on a client; on a server, thrown by a method to give the call its status.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Fails a call with a status.</summary>
    /// <param name="status">The status. Its text is the message, and its debug exception the inner exception.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Fails a call with a status, and a message of one's own for this side.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">The exception's message. It is not sent.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Fails a call with a status and trailers.</summary>
    /// <param name="status">The status. Its text is the message, and its debug exception the inner exception.</param>
    /// <param name="trailers">The trailers to send, or received.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Fails a call with a status and trailers, and a message of one's own for this side.</summary>
    /// <param name="status">The status.</param>
    /// <param name="trailers">The trailers to send, or received.</param>
    /// <param name="message">The exception's message. It is not sent.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        Status = status;
        Trailers = GrpcPreconditions.CheckNotNull(trailers, nameof(trailers));
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>, for <c>when</c> clauses.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The call's trailers; empty if there are none.</summary>
    public Metadata Trailers { get; }
}
