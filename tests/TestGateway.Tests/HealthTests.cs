using System.Net;

namespace BooksForYou.TestGateway.Tests;

public class HealthTests
{
    [Fact]
    public async Task Probe_of_a_gateway_that_serves_needs_no_key()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var said = new StringWriter();

        var serves = await GatewayProbe.RunAsync(RunningGateway.Options(gateway.Folder) with { Port = gateway.Port, Key = "another" }, said);

        Assert.True(serves);
        Assert.Equal("SERVING", said.ToString().Trim());
    }

    [Fact]
    public async Task Probe_of_a_gateway_that_is_gone_says_unreachable()
    {
        int port;
        await using (var gateway = await RunningGateway.StartAsync())
        {
            port = gateway.Port;
        }

        using var said = new StringWriter();

        Assert.False(await GatewayProbe.RunAsync(new TestGatewayOptions { Port = port, Address = IPAddress.Any }, said));
        Assert.Equal("UNREACHABLE", said.ToString().Trim());
    }
}
