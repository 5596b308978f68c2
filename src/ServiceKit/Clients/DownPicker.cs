using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Answers for a peer that cannot be reached: with UNAVAILABLE, whatever the reason is called.</summary>
internal sealed class DownPicker(SubchannelPicker inner) : SubchannelPicker
{
    private static readonly PickResult Down = PickResult.ForFailure(new Status(StatusCode.Unavailable, "The peer cannot be reached."));

    public override PickResult Pick(PickContext context)
    {
        var result = inner.Pick(context);
        return result is { Type: PickResultType.Fail, Status.StatusCode: StatusCode.Internal } ? Down : result;
    }
}
