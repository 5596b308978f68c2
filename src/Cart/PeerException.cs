using Grpc.Core;

namespace BooksForYou.Cart;

/// <summary>Another service did not do what it was asked, or did not say: whether it has taken effect is not known.</summary>
internal sealed class PeerException(string peer, RpcException cause)
    : Exception($"{peer} answered {cause.StatusCode}: {cause.Status.Detail}", cause);
