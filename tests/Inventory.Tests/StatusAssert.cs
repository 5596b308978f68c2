using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.Inventory.Tests;

/// <summary>Looks at how a call failed.</summary>
internal static class StatusAssert
{
    public static async Task<RpcException> FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, exception.StatusCode);
        return exception;
    }

    public static async Task FailsForFieldsAsync<T>(string[] fields, AsyncUnaryCall<T> call)
    {
        var exception = await FailsAsync(StatusCode.InvalidArgument, call);
        Assert.Equal(fields, Detail<BadRequest>(exception).FieldViolations.Select(violation => violation.Field));
    }

    public static T Detail<T>(RpcException exception)
        where T : IMessage, new()
    {
        var status = Google.Rpc.Status.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin"));
        return Assert.Single(status.Details, detail => detail.Is(new T().Descriptor)).Unpack<T>();
    }
}
