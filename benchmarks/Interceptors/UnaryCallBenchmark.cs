using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using BooksForYou.Contracts.Unversioned;
using BooksForYou.ServiceKit.Testing;
using Google.Protobuf;
using Grpc.Core;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BooksForYou.Interceptors;

/// <summary>What the kit adds to a unary call whose handler completes synchronously: time, and memory of its own, with metrics collected.</summary>
[Config(typeof(InProcess))]
[MemoryDiagnoser]
public class UnaryCallBenchmark : IDisposable
{
    private static readonly Method<RecommendationRequest, RecommendationResponse> Recommend = new(
        MethodType.Unary, "Recommendations", "Recommend", MarshallerOf(RecommendationRequest.Parser), MarshallerOf(RecommendationResponse.Parser));

    private static readonly Task<RecommendationResponse> Response = Task.FromResult(new RecommendationResponse());
    private static readonly RecommendationRequest Request = new() { MaxResults = 3 };

    private MeterProvider _metrics = null!;
    private UnaryCallHarness<RecommendationRequest, RecommendationResponse> _calls = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _metrics = Sdk.CreateMeterProviderBuilder().AddMeter("*").AddReader(new BaseExportingMetricReader(new DiscardingExporter())).Build();
        _calls = new UnaryCallHarness<RecommendationRequest, RecommendationResponse>(Recommend, (_, _) => Response);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _calls.Dispose();
        _metrics.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "The handler alone")]
    public Task<RecommendationResponse> Handler() => Response;

    [Benchmark(Description = "The handler in the kit, metrics collected")]
    public Task<RecommendationResponse> Kit() => _calls.InvokeAsync(Request);

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        Marshallers.Create(message => message.ToByteArray(), bytes => parser.ParseFrom(bytes));

    // The machines that this runs on may have no compiler at hand, which the out-of-process toolchain needs.
    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance));
    }

    private sealed class DiscardingExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
