using Grpc.Core.Utils;

namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around what starts calls.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts an interceptor around an invoker. Of several put one after another, the last is called first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker that calls the interceptor, which goes on to <paramref name="invoker"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor) =>
        new InterceptingCallInvoker(invoker, interceptor);

    /// <summary>Puts interceptors around an invoker. The first one given is called first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors.</param>
    /// <returns>
    /// An invoker that calls the first interceptor, which goes on to the next, and the last to <paramref name="invoker"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument, or one of the interceptors, is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        GrpcPreconditions.CheckNotNull(invoker, nameof(invoker));
        GrpcPreconditions.CheckNotNull(interceptors, nameof(interceptors));

        for (var i = interceptors.Length - 1; i >= 0; i--)
        {
            invoker = invoker.Intercept(interceptors[i]);
        }

        return invoker;
    }

    /// <summary>Lets a function change the headers of every call.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">
    /// Takes the call's headers and gives those to send. It gets the caller's own object, or a new and empty one if there is none.
    /// </param>
    /// <returns>An invoker that calls the function, then <paramref name="invoker"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor) =>
        new InterceptingCallInvoker(invoker, new MetadataInterceptor(interceptor));
}
