using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Transactions.Tests;

/// <summary>Expects calls to fail.</summary>
internal static class StatusAssert
{
    public static async Task<RpcException> FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.True(code == exception.StatusCode, $"The call ended with {exception.Status}.");
        return exception;
    }

    /// <summary>The fields that an INVALID_ARGUMENT names.</summary>
    public static async Task<string[]> InvalidAsync<T>(AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(StatusCode.InvalidArgument, call);
        var status = Google.Rpc.Status.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin"));
        return [.. status.Details.First(detail => detail.Is(BadRequest.Descriptor)).Unpack<BadRequest>().FieldViolations.Select(violation => violation.Field)];
    }
}
