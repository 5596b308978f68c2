using BooksForYou.ServiceKit.Hosting;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Shutdown;

/// <summary>Ends a process without ending the calls that it has taken on.</summary>
internal static class ShutdownModule
{
    public static readonly Setting Delay = new(
        "SHUTDOWN_DELAY",
        "Seconds between being told to stop and closing the ports, for load balancers to notice.")
    {
        Default = "0",
        Format = SettingFormat.Seconds(0, 300),
    };

    public static readonly Setting Timeout = new(
        "SHUTDOWN_TIMEOUT",
        "Seconds after which the process ends, the delay included, whatever is still in flight.")
    {
        Default = "30",
        Format = SettingFormat.Seconds(0, 3600),
    };

    public static readonly Setting StreamGrace = new(
        "SHUTDOWN_STREAM_GRACE",
        "Seconds after which streams are told to end, once the ports are closed.")
    {
        Default = "5",
        Format = SettingFormat.Seconds(0, 3600),
    };

    public static void AddShutdown(this ServiceApplicationBuilder builder)
    {
        builder.Settings.Add(Delay);
        builder.Settings.Add(Timeout);
        builder.Settings.Add(StreamGrace);
        builder.Services.AddSingleton<ShutdownState>();
        builder.Services.AddSingleton<ShutdownSequence>();
        builder.Services.AddSingleton<CallCounter>();
        builder.Services.AddSingleton<DrainInterceptor>();

        var server = builder.Services.Last(service => service.ServiceType == typeof(IServer));
        builder.Services.Remove(server);
        builder.Services.AddSingleton(services => services.GetRequiredService<CallCounter>()
            .Watch((IServer)ActivatorUtilities.CreateInstance(services, server.ImplementationType!)));
    }
}
