using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Tests;

/// <summary>Looks at how a call failed.</summary>
internal static class StatusAssert
{
    public static async Task<RpcException> FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.True(code == exception.StatusCode, $"The call ended with {exception.Status}.");
        return exception;
    }

    public static async Task FailsForFieldsAsync<T>(IEnumerable<string> fields, AsyncUnaryCall<T> call) =>
        Assert.Equal(fields, await InvalidAsync(call));

    public static async Task FailsForReasonAsync<T>(StatusCode code, string reason, AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(code, call);
        Assert.Equal(reason, exception.GetDetail<ErrorInfo>()?.Type);
    }

    /// <summary>The fields that an INVALID_ARGUMENT names.</summary>
    public static async Task<string[]> InvalidAsync<T>(AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(StatusCode.InvalidArgument, call);
        return [.. exception.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? []];
    }
}
