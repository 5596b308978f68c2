using System.Net.Sockets;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Says of a connection that could not be made in time that there is none. The platform says that the call was cancelled, which nobody makes again.</summary>
internal sealed class ConnectTimeoutHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // The library takes for UNAVAILABLE what a socket is behind.
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, "The connection could not be made in time.", new SocketException((int)SocketError.TimedOut));
        }
    }
}
