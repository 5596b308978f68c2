using System.Net;

namespace BooksForYou.TestGateway;

/// <summary>Asks the gateway that runs with the same settings on this machine whether it serves: what <c>--health</c> does, for containers, whose images
/// have no other tool to ask with.</summary>
internal static class GatewayProbe
{
    /// <summary>Where a gateway answers without a key.</summary>
    public const string Path = "/healthz/ready";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks, and writes the answer in a word.</summary>
    /// <returns>Whether it serves.</returns>
    public static async Task<bool> RunAsync(TestGatewayOptions options, TextWriter output)
    {
        var listensEverywhere = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        var address = new UriBuilder(Uri.UriSchemeHttp, listensEverywhere ? "localhost" : options.Address.ToString(), options.Port, Path).Uri;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(address);
            await output.WriteLineAsync(answer.IsSuccessStatusCode ? "SERVING" : "NOT_SERVING");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await output.WriteLineAsync("UNREACHABLE");
            return false;
        }
    }
}
