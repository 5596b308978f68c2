using BooksForYou.ServiceKit.Clients;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace BooksForYou.ServiceKit.Tests.Clients;

public sealed class DownPickerTests
{
    [Theory]
    [InlineData(StatusCode.Internal, StatusCode.Unavailable)]
    [InlineData(StatusCode.Unavailable, StatusCode.Unavailable)]
    [InlineData(StatusCode.Unauthenticated, StatusCode.Unauthenticated)]
    public void Pick_failure_of_the_library_itself_is_UNAVAILABLE(StatusCode inner, StatusCode expected)
    {
        var result = new DownPicker(new FixedPicker(PickResult.ForFailure(new Status(inner, "why")))).Pick(new PickContext());
        Assert.Equal((PickResultType.Fail, expected), (result.Type, result.Status.StatusCode));
    }

    private sealed class FixedPicker(PickResult result) : SubchannelPicker
    {
        public override PickResult Pick(PickContext context) => result;
    }
}
