using BooksForYou.ServiceKit.Testing;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests;

/// <summary>What tests of calls share.</summary>
internal static class Calls
{
    public const string Served = "rpc.server.call.duration";
    public const string Made = "rpc.client.call.duration";

    public static TheoryData<MethodType> Shapes => [.. Enum.GetValues<MethodType>()];

    public static TheoryData<EchoTransport, MethodType> TransportsAndShapes
    {
        get
        {
            var data = new TheoryData<EchoTransport, MethodType>();
            foreach (var transport in Enum.GetValues<EchoTransport>())
            {
                foreach (var shape in Enum.GetValues<MethodType>())
                {
                    data.Add(transport, shape);
                }
            }

            return data;
        }
    }

    public static string NameOf(MethodType shape) => $"booksforyou.testing.Echo/{shape}";

    /// <summary>Makes a call that must fail.</summary>
    public static Task<RpcException> FailAsync(this EchoHost host, MethodType shape, params string[] messages) =>
        Assert.ThrowsAsync<RpcException>(() => host.Client.CallAsync(shape, messages));

    /// <summary>Waits for the measurement of the one call so far, and makes sure with a further call that it was measured once.</summary>
    public static async Task<Measurement> OnlyDurationAsync(this EchoHost host, string instrument)
    {
        var only = await host.Metrics.WaitForAsync(measurement => measurement.Instrument == instrument);
        await host.Client.Unary("fence");
        var durations = await host.Metrics.WaitForAsync(2, measurement => measurement.Instrument == instrument);
        Assert.Equal(2, durations.Count);
        Assert.Equal(NameOf(MethodType.Unary), durations[1]["rpc.method"]);
        Assert.Equal("OK", durations[1]["rpc.response.status_code"]);
        return only;
    }
}
