using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Reflection;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>A process of the store: one service, or all of them. Modules map what they serve with their <c>MapX</c> methods.</summary>
public sealed class ServiceApplication
{
    internal ServiceApplication(WebApplication web)
    {
        Web = web;
        this.UseTelemetry();
        this.MapHealth();
        this.MapReflection();
    }

    /// <summary>The services of the process.</summary>
    public IServiceProvider Services => Web.Services;

    internal WebApplication Web { get; }

    /// <summary>Starts to collect what a process serves.</summary>
    /// <param name="args">The command line.</param>
    public static ServiceApplicationBuilder CreateBuilder(string[] args) => new(args);
}
