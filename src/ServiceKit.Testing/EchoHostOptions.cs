using BooksForYou.ServiceKit.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>What an <see cref="EchoHost"/> runs.</summary>
public sealed class EchoHostOptions
{
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly List<Action<WebApplication>> _application = [];
    private readonly List<Interceptor> _clientInterceptors = [];
    private readonly Dictionary<string, Func<ServerCallContext, Task>> _behaviours = new(StringComparer.Ordinal);

    /// <summary>How the client reaches the service; by socket unless set.</summary>
    public EchoTransport Transport { get; set; } = EchoTransport.Loopback;

    /// <summary>Whether the kit's own monitoring and error handling surround the interceptors, as in a real service; they do unless this
    /// is set to false.</summary>
    public bool UseKit { get; set; } = true;

    /// <summary>Makes what the service throws when it gets <c>"error"</c>: an exception that is no status, unless set.</summary>
    public Func<Exception> Error { get; set; } = static () => new InvalidOperationException("the handler's own words");

    internal IReadOnlyList<Interceptor> ClientInterceptors => _clientInterceptors;

    internal IReadOnlyDictionary<string, Func<ServerCallContext, Task>> Behaviours => _behaviours;

    /// <summary>Adds a server interceptor; the one added first sees a call first.</summary>
    /// <typeparam name="TInterceptor">The interceptor, made for each call unless it is a registered service.</typeparam>
    /// <param name="arguments">Constructor arguments that are no services.</param>
    public void AddServerInterceptor<TInterceptor>(params object[] arguments)
        where TInterceptor : Interceptor =>
        ConfigureServices(services => services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<TInterceptor>(arguments)));

    /// <summary>Adds a server interceptor that exists already; at most one of each type.</summary>
    /// <param name="interceptor">The interceptor.</param>
    public void AddServerInterceptor(Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        ConfigureServices(services =>
        {
            services.AddSingleton(interceptor.GetType(), interceptor);
            services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add(interceptor.GetType()));
        });
    }

    /// <summary>Adds a client interceptor; the one added first sees a call first.</summary>
    /// <param name="interceptor">The interceptor.</param>
    public void AddClientInterceptor(Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        _clientInterceptors.Add(interceptor);
    }

    /// <summary>Says what the service does when it gets an input, before it echoes it. See <see cref="EchoInput"/> for what is there
    /// without.</summary>
    /// <param name="input">The input.</param>
    /// <param name="behaviour">What to do; it may throw, wait, or set a status.</param>
    public void On(string input, Func<ServerCallContext, Task> behaviour)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentNullException.ThrowIfNull(behaviour);
        _behaviours[input] = behaviour;
    }

    /// <summary>Maps an exception type to a status, as a service does. Not without <see cref="UseKit"/>.</summary>
    /// <typeparam name="TException">The type.</typeparam>
    /// <param name="mapping">Makes the status.</param>
    public void MapException<TException>(Func<TException, StatusException> mapping)
        where TException : Exception => ConfigureServices(services => services.MapException(mapping));

    /// <summary>Adds services that the interceptors need.</summary>
    /// <param name="configure">Adds them.</param>
    public void ConfigureServices(Action<IServiceCollection> configure) => _services.Add(configure);

    /// <summary>Maps further endpoints, or adds middleware, before the host starts.</summary>
    /// <param name="configure">Adds them.</param>
    public void ConfigureApplication(Action<WebApplication> configure) => _application.Add(configure);

    internal void ApplyTo(IServiceCollection services) => _services.ForEach(configure => configure(services));

    internal void ApplyTo(WebApplication application) => _application.ForEach(configure => configure(application));
}
