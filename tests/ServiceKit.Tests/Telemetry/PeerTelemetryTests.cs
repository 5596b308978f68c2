using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Testing;

namespace BooksForYou.ServiceKit.Tests.Telemetry;

public sealed class PeerTelemetryTests
{
    [Fact]
    public async Task AddClient_call_to_a_service_of_the_same_process_is_counted_on_both_sides()
    {
        await using var application = await SampleApplication.StartAsync(builder => builder.AddClient<SampleService.SampleServiceClient>("Sample"));

        await application.Service<SampleService.SampleServiceClient>().ReadAsync(new SampleMessage());

        foreach (var instrument in new[] { Calls.Made, Calls.Served })
        {
            var measurement = await application.Measured.WaitForAsync(
                measurement => measurement.Instrument == instrument && measurement["rpc.method"] is "booksforyou.sample.v1.SampleService/Read");
            Assert.Equal("OK", measurement["rpc.response.status_code"]);
        }
    }
}
