using System.Text;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Telemetry;
using BooksForYou.ServiceKit.Testing;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

/// <summary>A unary call whose handler completes synchronously and well costs no allocation in the kit, with the metrics
/// collected.</summary>
[Collection(nameof(ProcessWideMetrics))]
public sealed class AllocationTests
{
    private const int WarmUps = 2_000;
    private const int Rounds = 1_000;

    private static readonly Task<string> Answer = Task.FromResult("answer");

    [Fact]
    public async Task Unary_call_completes_synchronously_nothing_is_allocated()
    {
        using var metrics = Collect();
        using var harness = new UnaryCallHarness<string, string>(EchoMethods.Unary, (_, _) => Answer);

        Assert.Equal("answer", await harness.InvokeAsync("request"));
        Assert.Equal(0, MeasureTwice(harness));
    }

    [Fact]
    public void Unary_call_one_interceptor_allocates_the_measurement_shows_it()
    {
        using var metrics = Collect();
        using var harness = new UnaryCallHarness<string, string>(EchoMethods.Unary, (_, _) => Answer, new AllocatingInterceptor());

        // An object of one field: 24 bytes on 64 bits, in each call.
        Assert.Equal(24 * Rounds, Measure(harness));
    }

    [Fact]
    public void Unary_call_metrics_are_really_collected_meanwhile()
    {
        using var exporter = new PrometheusExporter();
        using var reader = new PrometheusReader(exporter);
        using var metrics = Collect(reader);
        var method = new Method<string, string>(
            MethodType.Unary, "allocation.Test", "Counted", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var harness = new UnaryCallHarness<string, string>(method, (_, _) => Answer);

        Measure(harness);

        const string Labels = "rpc_method=\"allocation.Test/Counted\",rpc_response_status_code=\"OK\",rpc_system_name=\"grpc\"";
        Assert.Contains(
            $"rpc_server_call_duration_seconds_count{{{Labels}}} {WarmUps + Rounds}\n",
            Encoding.UTF8.GetString(reader.Scrape()!.Value.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_call_the_service_that_calls_is_looked_at_nothing_is_allocated()
    {
        using var metrics = Collect();
        var rules = new AccessRules([(InventoryReflection.Descriptor.Services[0], AccessRule.Nobody)]);
        var guard = new AccessGuard(rules, verifier: null!, checksServices: true, NullLogger<AccessGuard>.Instance);
        var method = new Method<string, string>(
            MethodType.Unary, "booksforyou.inventory.v1.InventoryService", "ListBooks", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var harness = new UnaryCallHarness<string, string>(method, (_, _) => Answer, new GuardingInterceptor(guard));

        Assert.Equal("answer", await harness.InvokeAsync("request"));
        Assert.Equal(0, MeasureTwice(harness));
    }

    private static MeterProvider Collect(PrometheusReader? reader = null)
    {
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter("BooksForYou.ServiceKit");
        return builder.AddReader(reader ?? new PrometheusReader(new PrometheusExporter())).Build();
    }

    // What happens once, such as compiling a method anew, is not what a call costs: the second measurement does not have it.
    private static long MeasureTwice(UnaryCallHarness<string, string> harness) => Math.Min(Measure(harness), Measure(harness));

    private static long Measure(UnaryCallHarness<string, string> harness)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            _ = harness.InvokeAsync("request");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            _ = harness.InvokeAsync("request");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class GuardingInterceptor(AccessGuard guard) : Interceptor
    {
        private readonly ConnectionCaller _caller = new("marketplace", IsSelf: false, "CN=marketplace");

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            var features = context.GetHttpContext().Features;
            if (features.Get<ConnectionCaller>() is null)
            {
                features.Set(_caller);
            }

            var admission = guard.AdmitAsync(context);
            return admission.IsCompletedSuccessfully
                ? continuation(request, context)
                : throw new InvalidOperationException("Whoever calls must be known at once.");
        }
    }

    private sealed class AllocatingInterceptor : Interceptor
    {
        private object? _kept;

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            _kept = new StrongReference(_kept is null);
            return continuation(request, context);
        }

        private sealed record StrongReference(bool First);
    }
}
