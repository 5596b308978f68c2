namespace BooksForYou.ServiceKit.Testing;

/// <summary>How the client of an <see cref="EchoHost"/> reaches its service.</summary>
public enum EchoTransport
{
    /// <summary>Through a socket: Kestrel with HTTP/2 on a free port of the loopback address. What a service meets in production.</summary>
    Loopback,

    /// <summary>Without a socket: the same pipeline, called in memory.</summary>
    InMemory,
}
