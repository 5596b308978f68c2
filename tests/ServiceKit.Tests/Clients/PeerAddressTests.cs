using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Tests.Hosting;

namespace BooksForYou.ServiceKit.Tests.Clients;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("inventory", "inventory", 50051)]
    [InlineData("inventory:6000", "inventory", 6000)]
    [InlineData("inventory.books.svc.cluster.local:6000", "inventory.books.svc.cluster.local", 6000)]
    [InlineData("10.0.0.1", "10.0.0.1", 50051)]
    [InlineData("10.0.0.1:6000", "10.0.0.1", 6000)]
    [InlineData("[::1]", "::1", 50051)]
    [InlineData("[2001:db8::1]:6000", "2001:db8::1", 6000)]
    public void TryParse_address_gives_host_and_port(string text, string host, int port)
    {
        Assert.True(PeerAddress.TryParse(text, out var address));
        Assert.Equal((host, port), (address.Host, address.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":6000")]
    [InlineData("inventory:")]
    [InlineData("inventory:0")]
    [InlineData("inventory:65536")]
    [InlineData("inventory:-1")]
    [InlineData("inventory:six")]
    [InlineData("http://inventory")]
    [InlineData("inventory/path")]
    [InlineData("two words")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[::1]6000")]
    [InlineData("[inventory]:6000")]
    [InlineData("[]:6000")]
    public void TryParse_anything_else_is_refused(string text) => Assert.False(PeerAddress.TryParse(text, out _));

    [Fact]
    public async Task StartAsync_bad_address_names_the_setting()
    {
        var builder = TestApplication.CreateBuilder("--sample-host", "http://sample:6000");
        builder.AddClient<SampleService.SampleServiceClient>("Sample");
        await using var application = builder.Build();
        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync());
        Assert.Equal(
            "SAMPLE_HOST is \"http://sample:6000\"; it takes host or host:port, with an IPv6 address in brackets such as [::1]:50051.",
            exception.Message);
    }
}
