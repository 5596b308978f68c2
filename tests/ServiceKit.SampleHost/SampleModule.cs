using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BooksForYou.ServiceKit.SampleHost;

/// <summary>A service of every shape of call, and a page.</summary>
public static class SampleModule
{
    private static readonly SettingFormat Database = new("Host=…", value => value.StartsWith("Host=", StringComparison.Ordinal));

    /// <summary>Adds it.</summary>
    public static void AddSample(this ServiceApplicationBuilder builder)
    {
        builder.AddService("Sample");
        builder.AddOptions<SampleOptions>("Sample");
        builder.AddSetting("SAMPLE_DATABASE", "Database of the sample.", format: Database, isSecret: true);
        builder.AddSetting("SAMPLE_FAILURE", "What goes wrong.", format: SettingFormat.OneOf("warm-up", "background", "slow"));
        builder.AddWeb();
        builder.AddFailure(builder.Configuration["SAMPLE_FAILURE"]);
        builder.Services.AddSingleton<Samples>();
    }

    private static void AddFailure(this ServiceApplicationBuilder builder, string? failure)
    {
        switch (failure)
        {
            case "warm-up":
                builder.AddWarmUp("sample", (_, _) => throw new InvalidOperationException("The shelves\nfell down."));
                break;
            case "background":
                builder.Services.AddHostedService<BrokenWorker>();
                break;
            case "slow":
                builder.AddWarmUp("sample", (services, token) => services.GetRequiredService<Samples>().WaitAsync(Timeout.Infinite, token));
                break;
        }
    }

    /// <summary>Maps it.</summary>
    public static void MapSample(this ServiceApplication app)
    {
        app.MapGrpcService<Samples>(Role.Anyone);
        app.MapWeb(web => web.MapGet("/", () => Results.Text("A page")));
    }

    private sealed class BrokenWorker : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("The worker left.");
        }
    }
}
