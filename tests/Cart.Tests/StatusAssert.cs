using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Cart.Tests;

/// <summary>Looks at how a call failed.</summary>
internal static class StatusAssert
{
    public static async Task<RpcException> FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, exception.StatusCode);
        return exception;
    }

    public static async Task FailsForFieldsAsync<T>(IEnumerable<string> fields, AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(StatusCode.InvalidArgument, call);
        Assert.Equal(fields, exception.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field));
    }

    public static async Task FailsForReasonAsync<T>(StatusCode code, string reason, AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(code, call);
        Assert.Equal(reason, exception.GetDetail<ErrorInfo>()?.Type);
    }
}
