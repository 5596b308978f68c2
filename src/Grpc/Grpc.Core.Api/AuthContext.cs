using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>What is known of a peer from the security of its connection, such as the names in its TLS certificate.</summary>
public class AuthContext
{
    private readonly Dictionary<string, List<AuthProperty>> _properties;

    /// <summary>Creates the description of a peer.</summary>
    /// <param name="peerIdentityPropertyName">Which property names the peer; null if the peer is not authenticated.</param>
    /// <param name="properties">The properties by name. A name may have several values.</param>
    /// <exception cref="ArgumentNullException"><paramref name="properties"/> is null.</exception>
    public AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
    {
        PeerIdentityPropertyName = peerIdentityPropertyName;
        _properties = GrpcPreconditions.CheckNotNull(properties, nameof(properties));
    }

    /// <summary>Whether the peer has proven who it is.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>The name of the property that names the peer; null if the peer is not authenticated.</summary>
    public string? PeerIdentityPropertyName { get; }

    /// <summary>The values that name the peer; none if the peer is not authenticated.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => PeerIdentityPropertyName is { } name ? FindPropertiesByName(name) : [];

    /// <summary>Every value of every property.</summary>
    public IEnumerable<AuthProperty> Properties => _properties.Values.SelectMany(static values => values);

    /// <summary>Finds the values of a property.</summary>
    /// <param name="propertyName">The property's name, in its exact case.</param>
    /// <returns>Its values in order; none if the peer does not have it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        _properties.TryGetValue(propertyName, out var values) ? values : [];
}
