using BooksForYou.Contracts.Ops.V1;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Ops;

/// <summary>Tells what the process knows about itself, as <c>booksforyou.ops.v1</c> says.</summary>
internal sealed class OpsV1(ProcessReporter reporter) : OpsService.OpsServiceBase
{
    public override Task<GetProcessReportResponse> GetProcessReport(GetProcessReportRequest request, ServerCallContext context) =>
        Task.FromResult(new GetProcessReportResponse { Report = reporter.Read() });
}
