using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>The call for which an <see cref="AsyncAuthInterceptor"/> is asked for credentials.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes a call that cannot be cancelled.</summary>
    /// <param name="serviceUrl">The service's address, <c>https://host/package.Service</c>.</param>
    /// <param name="methodName">The method's name, without the service.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Describes a call.</summary>
    /// <param name="serviceUrl">The service's address, <c>https://host/package.Service</c>.</param>
    /// <param name="methodName">The method's name, without the service.</param>
    /// <param name="cancellationToken">The call's own cancellation.</param>
    /// <exception cref="ArgumentNullException"><paramref name="serviceUrl"/> or <paramref name="methodName"/> is null.</exception>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ServiceUrl = GrpcPreconditions.CheckNotNull(serviceUrl, nameof(serviceUrl));
        MethodName = GrpcPreconditions.CheckNotNull(methodName, nameof(methodName));
        CancellationToken = cancellationToken;
    }

    /// <summary>The service's address, <c>https://host/package.Service</c>: the audience of a JSON Web Token.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method's name, without the service.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled with the call, so that a request for a token ends with it.</summary>
    public CancellationToken CancellationToken { get; }
}
