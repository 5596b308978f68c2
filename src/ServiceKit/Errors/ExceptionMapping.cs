using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Lets a service say which status its own exception types end a call with.</summary>
public static class ExceptionMapping
{
    /// <summary>
    /// Maps an exception type, and the types derived from it that have no mapping of their own. Exceptions that have none end the call
    /// with INTERNAL and a text that says nothing about them.
    /// </summary>
    /// <typeparam name="TException">The type; no <see cref="StatusException"/>, which is its own status.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="mapping">Makes the status. Its detail goes to the caller: it must not repeat a message that is for the log.</param>
    /// <returns>The application.</returns>
    /// <exception cref="InvalidOperationException">The type has a mapping already.</exception>
    public static ServiceApplicationBuilder MapException<TException>(
        this ServiceApplicationBuilder builder, Func<TException, StatusException> mapping)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.MapException(mapping);
        return builder;
    }

    /// <summary>Maps an exception type to a code and a fixed text.</summary>
    /// <typeparam name="TException">The type; no <see cref="StatusException"/>, which is its own status.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="statusCode">The code; not OK.</param>
    /// <param name="detail">The text the caller gets; the code's default text if it is null.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code is OK, which is no error, or no gRPC code at all.</exception>
    /// <exception cref="InvalidOperationException">The type has a mapping already.</exception>
    public static ServiceApplicationBuilder MapException<TException>(
        this ServiceApplicationBuilder builder, StatusCode statusCode, string? detail = null)
        where TException : Exception
    {
        // Made once here as well, so that a wrong code fails while the process starts and not in the first call that needs it.
        _ = StatusException.Create(statusCode, detail);
        return builder.MapException<TException>(exception => StatusException.Create(statusCode, detail, exception));
    }

    /// <inheritdoc cref="MapException{TException}(ServiceApplicationBuilder, Func{TException, StatusException})"/>
    /// <param name="services">The services that <c>AddCallErrors</c> was called on.</param>
    /// <param name="mapping">Makes the status.</param>
    internal static void MapException<TException>(this IServiceCollection services, Func<TException, StatusException> mapping)
        where TException : Exception
    {
        var map = services.FirstOrDefault(service => service.ServiceType == typeof(ExceptionMap))?.ImplementationInstance as ExceptionMap
            ?? throw new InvalidOperationException("Exceptions can be mapped where the error handling was added.");
        map.Add(mapping);
    }
}
