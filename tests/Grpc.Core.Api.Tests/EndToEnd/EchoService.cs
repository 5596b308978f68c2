using System.Globalization;
using Grpc.Core;

namespace BooksForYou.GrpcApi.Tests.EndToEnd;

/// <summary>A service of every call shape.</summary>
internal sealed class EchoService : EchoServiceBase
{
    /// <summary>Repeats the request; fails on "fail", sends headers and trailers on "metadata", never answers on "wait".</summary>
    public override async Task<string> Say(string request, ServerCallContext context)
    {
        switch (request)
        {
            case "fail":
                throw new RpcException(new Status(StatusCode.NotFound, "Category not found"), new Metadata { { "reason", "none" } });

            case "metadata":
                await context.WriteResponseHeadersAsync(
                    [.. context.RequestHeaders.Where(entry => entry.Key.StartsWith("own", StringComparison.Ordinal))]);
                context.ResponseTrailers.Add("trailer-bin", [0, 255]);
                break;

            case "wait":
                await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
                break;

            case "host":
                return $"{context.Host} {context.Method} {context.AuthContext.IsPeerAuthenticated}";
        }

        return request;
    }

    /// <summary>Joins the requests.</summary>
    public override async Task<string> Collect(IAsyncStreamReader<string> requestStream, ServerCallContext context)
    {
        var requests = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            requests.Add(request);
        }

        return string.Join(',', requests);
    }

    /// <summary>Counts up to the number requested, without end on "forever".</summary>
    public override async Task Count(string request, IServerStreamWriter<string> responseStream, ServerCallContext context)
    {
        var last = request == "forever" ? int.MaxValue : int.Parse(request, CultureInfo.InvariantCulture);
        for (var number = 1; number <= last; number++)
        {
            await responseStream.WriteAsync(number.ToString(CultureInfo.InvariantCulture), context.CancellationToken);
        }
    }

    /// <summary>Answers each request before the next.</summary>
    public override async Task Chat(
        IAsyncStreamReader<string> requestStream,
        IServerStreamWriter<string> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            await responseStream.WriteAsync(requestStream.Current + "!");
        }
    }
}
