using System.Diagnostics.Metrics;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

/// <summary>A whole application in the test's process, with ports of its own.</summary>
internal sealed class SampleApplication : IAsyncDisposable
{
    private readonly ServiceApplication _application;
    private readonly GrpcChannel _channel;

    private SampleApplication(ServiceApplication application, MetricCollector measured, int metricsPort)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress(application.GrpcAddress);
        Client = new SampleService.SampleServiceClient(_channel);
        Metrics = new HttpClient { BaseAddress = new Uri($"http://localhost:{metricsPort}") };
        Web = new HttpClient { BaseAddress = application.WebAddress };
        Measured = measured;
    }

    public SampleService.SampleServiceClient Client { get; }

    public GrpcChannel Channel => _channel;

    public HttpClient Metrics { get; }

    /// <summary>Tells when a call has been counted, which is a moment after its caller has the response.</summary>
    public MetricCollector Measured { get; }

    public HttpClient Web { get; }

    public static async Task<SampleApplication> StartAsync(Action<ServiceApplicationBuilder>? configure = null, params string[] args)
    {
        var metricsPort = FreePort.Next();
        var builder = ServiceApplication.CreateBuilder(
            ["--grpc-port", "0", "--http-port", "0", "--metrics-port", $"{metricsPort}", .. args]);
        builder.AddSample();
        configure?.Invoke(builder);
        var application = builder.Build();
        application.MapSample();
        // Before the application listens to its own instruments: whoever comes last is told first.
        var measured = new MetricCollector(application.Services.GetRequiredService<IMeterFactory>());
        await application.StartAsync();
        return new SampleApplication(application, measured, metricsPort);
    }

    public T Service<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Measured.Dispose();
        Metrics.Dispose();
        Web.Dispose();
        _channel.Dispose();
        await _application.DisposeAsync();
    }
}
