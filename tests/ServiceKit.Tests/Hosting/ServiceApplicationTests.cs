using System.Net;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Hosting;

public sealed class ServiceApplicationTests
{
    [Fact]
    public async Task MapGrpcService_answers_on_the_gRPC_port()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var channel = application.OpenChannel();
        var answer = await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage { Text = "hello" });
        Assert.Equal("hello", answer.Text);
    }

    [Fact]
    public async Task GrpcAddress_is_reachable_by_either_IP_version()
    {
        await using var application = await TestApplication.StartSampleAsync();
        foreach (var host in new[] { "127.0.0.1", "[::1]" })
        {
            using var channel = GrpcChannel.ForAddress($"http://{host}:{application.GrpcAddress.Port}");
            Assert.Equal("hello", (await new SampleService.SampleServiceClient(channel).ReadAsync(new SampleMessage { Text = "hello" })).Text);
        }
    }

    [Fact]
    public async Task MapWeb_page_never_answers_on_the_gRPC_port_whatever_the_host_header()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, application.GrpcAddress)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = application.WebAddress!.Authority },
        };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task MapGrpcService_never_answers_on_the_web_port_whatever_the_host_header()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(application.WebAddress!, "/booksforyou.sample.v1.SampleService/Read"))
        {
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", "application/grpc" } } },
            Headers = { Host = application.GrpcAddress.Authority },
        };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task MapWeb_response_does_not_name_the_server()
    {
        await using var application = await TestApplication.StartSampleAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(application.WebAddress);
        Assert.Equal("A page", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task MapWeb_status_page_and_error_page_are_found_by_route()
    {
        var builder = TestApplication.CreateBuilder("--http-port", "0");
        builder.AddWeb();
        await using var application = builder.Build();
        application.MapWeb(web =>
        {
            web.UseExceptionHandler("/error");
            web.UseStatusCodePagesWithReExecute("/status/{0}");
            web.MapGet("/status/{code}", (string code) => Results.Text($"status {code}"));
            web.MapGet("/error", () => Results.Text("sorry"));
            web.MapGet("/throw", string () => throw new InvalidOperationException("no"));
        });
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = application.WebAddress };
        using var missing = await client.GetAsync(new Uri("/nowhere", UriKind.Relative));
        using var broken = await client.GetAsync(new Uri("/throw", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotFound, "status 404"), (missing.StatusCode, await missing.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.InternalServerError, "sorry"), (broken.StatusCode, await broken.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task MapWeb_without_a_port_is_refused()
    {
        await using var application = TestApplication.CreateBuilder().Build();
        Assert.Throws<InvalidOperationException>(() => application.MapWeb(_ => { }));
    }

    [Fact]
    public async Task StartAsync_web_pages_only_opens_no_gRPC_port()
    {
        var builder = TestApplication.CreateBuilder("--http-port", "0");
        builder.AddWeb();
        await using var application = builder.Build();
        await application.StartAsync();
        Assert.NotNull(application.WebAddress);
        Assert.Throws<InvalidOperationException>(() => application.GrpcAddress);
    }

    [Fact]
    public async Task StartAsync_port_in_use_names_port_and_setting()
    {
        await using var first = await TestApplication.StartSampleAsync();
        var port = first.WebAddress!.Port;
        await using var second = TestApplication.BuildSample(builder => builder.Configuration["HTTP_PORT"] = $"{port}");
        var exception = await Assert.ThrowsAsync<StartException>(() => second.StartAsync());
        Assert.Equal($"Port {port} is in use; HTTP_PORT takes another one.", exception.Message);
    }

    [Fact]
    public async Task StartAsync_two_settings_with_one_port_names_both()
    {
        var port = $"{FreePort.Next()}";
        await using var application = TestApplication.BuildSample(builder => builder.Configuration["HTTP_PORT"] = builder.Configuration["GRPC_PORT"] = port);
        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync());
        Assert.Equal($"HTTP_PORT and GRPC_PORT are both {port}; each needs a port of its own.", exception.Message);
    }

    [Fact]
    public async Task Call_message_above_the_limit_is_RESOURCE_EXHAUSTED()
    {
        await using var application = await TestApplication.StartSampleAsync(null, "--grpc-max-message-size", "2048");
        using var channel = application.OpenChannel();
        var client = new SampleService.SampleServiceClient(channel);
        Assert.Equal(1000, (await client.ReadAsync(new SampleMessage { Text = new string('x', 1000) })).Text.Length);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.ReadAsync(new SampleMessage { Text = new string('x', 3000) }));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Fact]
    public async Task AddClient_of_a_service_in_the_same_process_calls_it_on_the_port_that_is_really_open()
    {
        await using var application = await TestApplication.StartSampleAsync(builder => builder.AddClient<SampleService.SampleServiceClient>("Sample"));
        var answer = await application.Services.GetRequiredService<SampleService.SampleServiceClient>().ReadAsync(new SampleMessage { Text = "self" });
        Assert.Equal("self", answer.Text);
    }
}
