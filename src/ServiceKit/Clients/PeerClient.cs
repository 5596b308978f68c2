using System.Reflection;
using Google.Protobuf.Reflection;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>A client that was added for a peer: the channel looks through their contracts for what it has to know of methods.</summary>
internal sealed record PeerClient(string Peer, Type ClientType)
{
    /// <summary>The contract; null when the client was not generated. A generated client is nested in the class of its service, which has it.</summary>
    public ServiceDescriptor? Contract =>
        ClientType.DeclaringType?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
