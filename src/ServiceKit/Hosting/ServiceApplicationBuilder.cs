using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Health;
using BooksForYou.ServiceKit.Ops;
using BooksForYou.ServiceKit.Reflection;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Shutdown;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.ServiceKit.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Hosting;

/// <summary>Collects what a process serves. Modules add themselves to it with their <c>AddX</c> methods.</summary>
public sealed class ServiceApplicationBuilder
{
    private readonly List<string> _serviceNames = [];

    internal ServiceApplicationBuilder(string[] args)
    {
        Web = WebApplication.CreateEmptyBuilder(HostingModule.WebOptions());
        CommandLine = new CommandLine(args);
        Settings = this.AddConfiguration();
        this.AddHosting();
        this.AddTelemetry();
        this.AddErrors();
        this.AddTls();
        this.AddClients();
        this.AddSecurity();
        this.AddHealth();
        this.AddReflection();
        this.AddOps();
        this.AddShutdown();
    }

    /// <summary>The services of the process.</summary>
    public IServiceCollection Services => Web.Services;

    /// <summary>The settings of the process: <c>appsettings.json</c>, then environment variables, then the command line; the last one
    /// wins.</summary>
    public ConfigurationManager Configuration => Web.Configuration;

    /// <summary>Where the log goes.</summary>
    public ILoggingBuilder Logging => Web.Logging;

    /// <summary>The environment that the process runs in.</summary>
    public IHostEnvironment Environment => Web.Environment;

    internal WebApplicationBuilder Web { get; }

    internal CommandLine CommandLine { get; }

    internal SettingsCatalogue Settings { get; }

    internal IReadOnlyList<string> ServiceNames => _serviceNames;

    internal bool HasWeb { get; private set; }

    /// <summary>Names a service of the store that this process hosts. It is a name for health checks, telemetry knows it, and clients in
    /// the same
    /// process that ask for the peer of this name are connected to the process itself unless a setting says otherwise.</summary>
    /// <param name="name">The name, such as Recommendations.</param>
    /// <returns>The builder.</returns>
    public ServiceApplicationBuilder AddService(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_serviceNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _serviceNames.Add(name);
        }

        return this;
    }

    /// <summary>
    /// Binds a class of options to a section of the settings and checks it when the process starts: data annotations, and
    /// <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>. All that is wrong is reported at once, with the names of the
    /// settings
    /// and what they take. <c>--help</c> lists the properties with their <see cref="System.ComponentModel.DescriptionAttribute"/>; a
    /// property marked as a
    /// password is never printed.
    /// </summary>
    /// <typeparam name="TOptions">The class; its property initializers are the defaults.</typeparam>
    /// <param name="section">The section: with "Shop", PageSize is <c>Shop:PageSize</c> in appsettings.json, <c>Shop__PageSize</c> in the
    /// environment and
    /// <c>--shop-page-size</c> on the command line.</param>
    /// <returns>The builder.</returns>
    public ServiceApplicationBuilder AddOptions<TOptions>(string section)
        where TOptions : class, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        var options = new OptionsSection<TOptions>(section, Configuration);
        foreach (var setting in options.Settings())
        {
            Settings.Add(setting);
        }

        Settings.AddCheck(options.Problems);
        Services.AddOptions<TOptions>().Bind(Configuration.GetSection(section));
        return this;
    }

    /// <summary>Declares a setting with a name of its own, such as DATA_DIR (<c>--data-dir</c> on the command line), for the command line,
    /// for
    /// <c>--help</c> and for the checks at the start. Its value is then in <see cref="Configuration"/>. Declared again, the first
    /// declaration stands.</summary>
    /// <param name="name">The name, in capitals with underscores.</param>
    /// <param name="description">One sentence for <c>--help</c>.</param>
    /// <param name="defaultValue">The value when none is given, or null for none.</param>
    /// <param name="format">Which values it takes; any text if it is null.</param>
    /// <param name="isSecret">Whether its value must never be printed, as that of a connection string.</param>
    /// <returns>The builder.</returns>
    public ServiceApplicationBuilder AddSetting(
        string name,
        string description,
        string? defaultValue = null,
        SettingFormat? format = null,
        bool isSecret = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Settings.Add(new Setting(name, description) { Default = defaultValue, Format = format ?? SettingFormat.Text, IsSecret = isSecret });
        return this;
    }

    /// <summary>Opens HTTP_PORT (default 5000), and HTTPS_PORT where HTTPS_CERT is given, for what <see cref="ServiceApplication.MapWeb"/> maps.</summary>
    /// <returns>The builder.</returns>
    public ServiceApplicationBuilder AddWeb()
    {
        if (!HasWeb)
        {
            HasWeb = true;
            Settings.Add(HostingModule.HttpPort);
            this.AddWebTls();
            Web.WebHost.UseStaticWebAssets();
        }

        return this;
    }

    /// <summary>Makes the application. Nothing can be added afterwards.</summary>
    /// <returns>The application, ready for the modules' <c>MapX</c> methods.</returns>
    public ServiceApplication Build()
    {
        Services.AddSingleton(new HostedServices(_serviceNames));
        this.AddKeyWarmUp();
        return new ServiceApplication(Web.Build(), CommandLine, Settings, HasWeb);
    }
}
