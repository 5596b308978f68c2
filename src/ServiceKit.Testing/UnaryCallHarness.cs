using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Interceptors;
using BooksForYou.ServiceKit.Telemetry;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.ServiceKit.Testing;

/// <summary>
/// Calls a unary handler through the kit's monitoring and interceptors and nothing else: no server, no serialization. What it takes and
/// allocates is what the kit takes and allocates, so that a benchmark can show it and a test can forbid it. One call at a time.
/// </summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class UnaryCallHarness<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly ServiceProvider _services;
    private readonly ServerCallMonitor _monitor;
    private readonly DefaultHttpContext _http;
    private readonly CompletedCallback _completed = new();
    private readonly HarnessCallContext _context;
    private readonly RequestDelegate _endpoint;
    private TRequest? _request;
    private Task<TResponse>? _response;

    /// <summary>Prepares the calls.</summary>
    /// <param name="method">The method whose name the calls have in the metrics.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="interceptors">Interceptors inside the kit's own; the first one sees a call first.</param>
    public UnaryCallHarness(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler, params IReadOnlyList<Interceptor> interceptors)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(interceptors);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddCallMonitoring().AddCallErrors();
        _services = services.BuildServiceProvider();
        _monitor = _services.GetRequiredService<ServerCallMonitor>();
        _http = new DefaultHttpContext { RequestServices = _services };
        _http.Features.Set<IHttpResponseFeature>(_completed);
        var metadata = new EndpointMetadataCollection(new GrpcMethodMetadata(typeof(object), method));
        _http.SetEndpoint(new Endpoint(null, metadata, method.FullName));
        _context = new HarnessCallContext(_http, method.FullName);
        _http.Features.Set<IServerCallContextFeature>(_context);

        Interceptor[] chain = [_services.GetRequiredService<ServerCallInterceptor>(), .. interceptors];
        var pipeline = chain.Reverse().Aggregate(handler, Wrap);
        _endpoint = _ => Answer(pipeline);
    }

    /// <summary>Makes one call, to its end: when this returns, a handler that completes synchronously has been counted.</summary>
    /// <param name="request">The request.</param>
    public Task<TResponse> InvokeAsync(TRequest request)
    {
        _request = request;
        _context.Status = Status.DefaultSuccess;
        var served = _monitor.InvokeAsync(_http, _endpoint);
        return served.IsCompleted ? End() : EndAfter(served);
    }

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    private static UnaryServerMethod<TRequest, TResponse> Wrap(UnaryServerMethod<TRequest, TResponse> inner, Interceptor interceptor) =>
        (request, context) => interceptor.UnaryServerHandler(request, context, inner);

    private Task Answer(UnaryServerMethod<TRequest, TResponse> pipeline) => _response = pipeline(_request!, _context);

    private Task<TResponse> End()
    {
        if (_response!.Exception?.InnerException is RpcException failure)
        {
            _context.Status = failure.Status;
        }

        var ended = _completed.FireAsync();
        return ended.IsCompletedSuccessfully
            ? _response
            : throw new InvalidOperationException("The monitor must end a call synchronously.");
    }

    private async Task<TResponse> EndAfter(Task served)
    {
        await served.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await End();
    }
}
