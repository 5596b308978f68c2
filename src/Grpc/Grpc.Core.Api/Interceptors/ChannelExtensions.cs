using Grpc.Core.Utils;

namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts an interceptor around a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker that calls the interceptor, which goes on to the channel.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        GrpcPreconditions.CheckNotNull(channel, nameof(channel)).CreateCallInvoker().Intercept(interceptor);

    /// <summary>Puts interceptors around a channel. The first one given is called first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors.</param>
    /// <returns>An invoker that calls the first interceptor, which goes on to the next, and the last to the channel.</returns>
    /// <exception cref="ArgumentNullException">An argument, or one of the interceptors, is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        GrpcPreconditions.CheckNotNull(channel, nameof(channel)).CreateCallInvoker().Intercept(interceptors);

    /// <summary>Lets a function change the headers of every call.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">
    /// Takes the call's headers and gives those to send. It gets the caller's own object, or a new and empty one if there is none.
    /// </param>
    /// <returns>An invoker that calls the function, then the channel.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        GrpcPreconditions.CheckNotNull(channel, nameof(channel)).CreateCallInvoker().Intercept(interceptor);
}
