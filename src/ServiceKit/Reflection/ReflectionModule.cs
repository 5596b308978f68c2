using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Reflection;

/// <summary>Server reflection: tools such as grpcurl and buf curl list and call everything without being given the .proto files.</summary>
internal static class ReflectionModule
{
    public static void AddReflection(this ServiceApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DescriptorIndex>();
        builder.Services.AddSingleton<ReflectionAnswers>();
        builder.Services.AddSingleton<ReflectionService>();
        builder.Services.AddSingleton<ReflectionAlphaService>();
    }

    public static void MapReflection(this ServiceApplication app)
    {
        app.MapGrpcService<ReflectionService>(Role.Anyone);
        app.MapGrpcService<ReflectionAlphaService>(Role.Anyone);
    }
}
