using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Interceptors;
using BooksForYou.ServiceKit.Shutdown;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.ServiceKit.Errors;

internal static class ErrorsModule
{
    public static void AddErrors(this ServiceApplicationBuilder builder) => builder.Services.AddCallErrors();

    /// <summary>Puts the kit's interceptor first, around every other one, so that their exceptions are translated as well.</summary>
    public static IServiceCollection AddCallErrors(this IServiceCollection services)
    {
        services.AddSingleton(new ExceptionMap());
        services.TryAddSingleton<ShutdownState>();
        services.AddSingleton<StatusTranslator>();
        // A singleton: the server library makes an interceptor that is not registered anew for each call.
        services.AddSingleton<ServerCallInterceptor>();
        services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<ServerCallInterceptor>());
        return services;
    }
}
