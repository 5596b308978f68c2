using Google.Protobuf;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Errors;

/// <summary>Reads what a failed call says about itself beside its code and text, on the client's side.</summary>
public static class RpcExceptionDetails
{
    /// <summary>Gives the <c>google.rpc.Status</c> that came in the trailer <c>grpc-status-details-bin</c>.</summary>
    /// <param name="exception">The failed call.</param>
    /// <returns>The status, or null if there is none or it cannot be read: a peer's malformed trailer must not hide the failure
    /// itself.</returns>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception.Trailers.Get(WireStatus.DetailsTrailer) is not { } entry)
        {
            return null;
        }

        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(entry.ValueBytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Gives the first detail of a type, such as <see cref="Google.Rpc.BadRequest"/> or <see
    /// cref="Google.Rpc.RetryInfo"/>.</summary>
    /// <typeparam name="TDetail">The type.</typeparam>
    /// <param name="exception">The failed call.</param>
    /// <returns>The detail, or null if there is none of that type or it cannot be read.</returns>
    public static TDetail? GetDetail<TDetail>(this RpcException exception)
        where TDetail : class, IMessage<TDetail>, new()
    {
        foreach (var packed in exception.GetRpcStatus()?.Details ?? [])
        {
            try
            {
                if (packed.TryUnpack<TDetail>(out var detail))
                {
                    return detail;
                }
            }
            catch (InvalidProtocolBufferException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Gives the id under which the log of the service that failed has the rest, for those who ask support.</summary>
    /// <param name="exception">The failed call.</param>
    /// <returns>The id, or null if the peer sent none.</returns>
    public static string? GetCorrelationId(this RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Trailers.GetValue(StatusTranslator.CorrelationIdTrailer);
    }
}
