using Grpc.Core;

namespace BooksForYou.Chaos.Tests.Customers;

/// <summary>What statuses tell a customer.</summary>
internal static class Statuses
{
    /// <summary>Whether a failure leaves the outcome open, as it may when processes are killed: the call is to be made again.</summary>
    public static bool SayNothing(RpcException exception) =>
        exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled;
}
