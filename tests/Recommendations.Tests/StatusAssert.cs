using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Recommendations.Tests;

/// <summary>Looks at how a call failed.</summary>
internal static class StatusAssert
{
    public static async Task<RpcException> FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, exception.StatusCode);
        return exception;
    }

    public static async Task FailsForFieldAsync<T>(string field, AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(StatusCode.InvalidArgument, call);
        var status = Google.Rpc.Status.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal([field], status.Details.Single().Unpack<BadRequest>().FieldViolations.Select(violation => violation.Field));
    }
}
