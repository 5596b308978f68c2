using BooksForYou.ServiceKit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.SampleHost;

/// <summary>A service of every shape of call, and a page.</summary>
public static class SampleModule
{
    /// <summary>Adds it.</summary>
    public static void AddSample(this ServiceApplicationBuilder builder)
    {
        builder.AddService("Sample");
        builder.AddOptions<SampleOptions>("Sample");
        builder.AddSetting("SAMPLE_DATABASE", "Database of the sample.", format: new SettingFormat("Host=…", value => value.StartsWith("Host=", StringComparison.Ordinal)), isSecret: true);
        builder.AddWeb();
        builder.Services.AddSingleton<Samples>();
    }

    /// <summary>Maps it.</summary>
    public static void MapSample(this ServiceApplication app)
    {
        app.MapGrpcService<Samples>();
        app.MapWeb(web => web.MapGet("/", () => Results.Text("A page")));
    }
}
