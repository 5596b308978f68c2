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

    /// <summary>Waits for the measurements of a number of calls, and makes sure that no more come: a further call would be among them.</summary>
    public static async Task<IReadOnlyList<Measurement>> DurationsAsync(this EchoHost host, string instrument, int count)
    {
        await host.Metrics.WaitForAsync(count, measurement => measurement.Instrument == instrument);
        await host.Client.Unary("fence");
        await host.Metrics.WaitForAsync(measurement => IsFence(host, measurement, instrument, count));
        return [.. host.Metrics.Items.Where(measurement => measurement.Instrument == instrument).Take(host.Metrics.Items.Count(item => item.Instrument == instrument) - 1)];
    }

    private static bool IsFence(EchoHost host, Measurement measurement, string instrument, int count) =>
        measurement.Instrument == instrument && host.Metrics.Items.Count(item => item.Instrument == instrument) > count;
}
