using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Tests.Hosting;

/// <summary>Applications in the process of the tests, on ports of their own.</summary>
internal static class TestApplication
{
    public static ServiceApplicationBuilder CreateBuilder(params string[] args)
    {
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", .. args]);
        builder.Logging.ClearProviders();
        return builder;
    }

    /// <summary>Starts the sample: its service, its page, and what else is asked for.</summary>
    public static async Task<ServiceApplication> StartSampleAsync(Action<ServiceApplicationBuilder>? configure = null, params string[] args)
    {
        var application = BuildSample(configure, args);
        await application.StartAsync();
        return application;
    }

    public static ServiceApplication BuildSample(Action<ServiceApplicationBuilder>? configure = null, params string[] args)
    {
        var builder = CreateBuilder(["--http-port", "0", .. args]);
        builder.AddSample();
        configure?.Invoke(builder);
        var application = builder.Build();
        application.MapSample();
        return application;
    }

    public static GrpcChannel OpenChannel(this ServiceApplication application) => GrpcChannel.ForAddress(application.GrpcAddress);

    public static LogCollector CollectLogs(this ServiceApplicationBuilder builder)
    {
        var logs = new LogCollector();
        builder.Logging.AddProvider(logs);
        return logs;
    }
}
