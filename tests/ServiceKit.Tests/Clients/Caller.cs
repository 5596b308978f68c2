using System.Net;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Clients;

/// <summary>A process that calls a peer through the kit.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly ServiceApplication _application;

    private Caller(ServiceApplication application) => _application = application;

    public SampleService.SampleServiceClient Client => _application.Services.GetRequiredService<SampleService.SampleServiceClient>();

    /// <summary>Makes one that finds its peer at an address.</summary>
    /// <param name="host">The setting SAMPLE_HOST.</param>
    /// <param name="lookup">What stands in for DNS.</param>
    /// <param name="args">Further settings.</param>
    public static Caller Of(string host, HostLookup? lookup = null, params string[] args) => Of(host, lookup, _ => { }, args);

    /// <summary>Makes one that finds its peer at an address.</summary>
    /// <param name="host">The setting SAMPLE_HOST.</param>
    /// <param name="lookup">What stands in for DNS.</param>
    /// <param name="configure">What is to be different about it.</param>
    /// <param name="args">Further settings.</param>
    public static Caller Of(string host, HostLookup? lookup, Action<ServiceApplicationBuilder> configure, params string[] args)
    {
        // Time enough on a machine that is busy with other tests, where a test does not ask for less.
        string[] deadline = args.Contains("--deadline-ms") ? [] : ["--deadline-ms", "60000"];
        var builder = TestApplication.CreateBuilder(["--sample-host", host, .. deadline, .. args]);
        if (lookup is not null)
        {
            builder.Services.AddSingleton(lookup);
        }

        builder.AddClient<SampleService.SampleServiceClient>("Sample");
        configure(builder);
        return new Caller(builder.Build());
    }

    public static HostLookup Lookup(Func<IPAddress[]> addresses) => (_, _) => Task.FromResult(addresses());

    /// <summary>Reads until it works; each attempt that fails does so at once.</summary>
    public async Task<SampleMessage> ReadUntilAnsweredAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            try
            {
                return await Client.ReadAsync(new SampleMessage { Text = "again" }, cancellationToken: limit.Token);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    public async Task<RpcException> FailAsync(Func<SampleService.SampleServiceClient, AsyncUnaryCall<SampleMessage>> call) =>
        await Assert.ThrowsAsync<RpcException>(async () => await call(Client));

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
