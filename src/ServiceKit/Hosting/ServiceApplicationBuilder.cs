using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Reflection;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Collects what a process serves. Modules add themselves to it with their <c>AddX</c> methods.</summary>
public sealed class ServiceApplicationBuilder
{
    internal ServiceApplicationBuilder(string[] args)
    {
        Web = WebApplication.CreateBuilder(args);
        this.AddHosting(args);
        this.AddTelemetry();
        this.AddErrors();
        this.AddClients();
        this.AddHealth();
        this.AddReflection();
        this.AddShutdown();
    }

    /// <summary>The services of the process.</summary>
    public IServiceCollection Services => Web.Services;

    /// <summary>The settings of the process: <c>appsettings.json</c>, then environment variables, then the command line; the last one wins.</summary>
    public ConfigurationManager Configuration => Web.Configuration;

    /// <summary>Where the log goes.</summary>
    public ILoggingBuilder Logging => Web.Logging;

    /// <summary>The environment that the process runs in.</summary>
    public IHostEnvironment Environment => Web.Environment;

    internal WebApplicationBuilder Web { get; }

    /// <summary>Makes the application. Nothing can be added afterwards.</summary>
    /// <returns>The application, ready for the modules' <c>MapX</c> methods.</returns>
    public ServiceApplication Build() => new(Web.Build());
}
