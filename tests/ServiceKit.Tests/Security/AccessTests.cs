using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.SampleHost;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Testing;
using BooksForYou.ServiceKit.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Security;

/// <summary>Who is let in, over a socket.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Call_for_customers_lets_in_customers_and_says_who_they_are()
    {
        await using var shop = await Shop.StartAsync(Role.Customer);

        var answer = await shop.Client.ReadAsync(new SampleMessage(), shop.Accounts.Headers(Role.Customer, "account:ada", "Ada"));

        Assert.Equal("Customer account:ada Ada", answer.Text);
    }

    [Fact]
    public async Task Call_for_customers_nobody_is_unauthenticated()
    {
        await using var shop = await Shop.StartAsync(Role.Customer);

        await StatusAsync(StatusCode.Unauthenticated, shop.Client.ReadAsync(new SampleMessage()));
    }

    [Theory]
    [InlineData(Role.Visitor)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Service)]
    public async Task Call_for_customers_others_are_denied(Role role)
    {
        await using var shop = await Shop.StartAsync(Role.Customer);

        await StatusAsync(StatusCode.PermissionDenied, shop.Client.ReadAsync(new SampleMessage(), shop.Accounts.Headers(role, "somebody")));
    }

    [Fact]
    public async Task Call_for_everybody_says_who_calls_or_that_nobody_is_known()
    {
        await using var shop = await Shop.StartAsync(Role.Anyone);

        Assert.Equal("nobody", (await shop.Client.ReadAsync(new SampleMessage())).Text);
        Assert.Equal(
            "Visitor somebody ", (await shop.Client.ReadAsync(new SampleMessage(), shop.Accounts.Headers(Role.Visitor, "somebody"))).Text);
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("Bearer ")]
    [InlineData("bearer a.b.c")]
    [InlineData("Basic YTpi")]
    [InlineData("")]
    [InlineData("Bearer a.b.c, Bearer d.e.f")]
    public async Task Call_for_everybody_with_what_is_no_token_is_unauthenticated(string authorization)
    {
        await using var shop = await Shop.StartAsync(Role.Anyone);

        await StatusAsync(
            StatusCode.Unauthenticated, shop.Client.ReadAsync(new SampleMessage(), new Metadata { { "authorization", authorization } }));
    }

    [Fact]
    public async Task Call_with_two_tokens_is_unauthenticated()
    {
        await using var shop = await Shop.StartAsync(Role.Anyone);
        var headers = shop.Accounts.Headers(Role.Visitor, "one");
        headers.Add(shop.Accounts.Headers(Role.Admin, "two")[0]);

        await StatusAsync(StatusCode.Unauthenticated, shop.Client.ReadAsync(new SampleMessage(), headers));
    }

    [Fact]
    public async Task Call_of_every_shape_is_guarded()
    {
        await using var shop = await Shop.StartAsync(Role.Customer);
        using var listening = shop.Client.Listen(new SampleMessage { Count = 1 });
        using var collecting = shop.Client.Collect();
        using var chatting = shop.Client.Chat();

        await StatusAsync(StatusCode.Unauthenticated, listening.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await StatusAsync(StatusCode.Unauthenticated, collecting.ResponseAsync);
        await StatusAsync(StatusCode.Unauthenticated, chatting.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_of_every_shape_with_a_token_is_served()
    {
        await using var shop = await Shop.StartAsync(Role.Customer);
        var headers = shop.Accounts.Headers(Role.Customer, "account:ada");
        using var listening = shop.Client.Listen(new SampleMessage { Count = 1 }, headers);
        using var collecting = shop.Client.Collect(headers);
        await collecting.RequestStream.CompleteAsync();

        Assert.True(await listening.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await collecting.ResponseAsync;
    }

    [Fact]
    public async Task Call_with_Accounts_away_from_the_beginning_is_unavailable()
    {
        await using var accounts = await ScriptedAccounts.StartAsync();
        accounts.IsAway = true;
        await using var shop = await Shop.StartAsync(Role.Customer, accounts.Host);

        await StatusAsync(StatusCode.Unavailable, shop.Client.ReadAsync(new SampleMessage(), shop.Accounts.Headers(Role.Customer, "account:ada")));
    }

    [Fact]
    public async Task Start_with_a_method_that_nothing_says_who_may_call_fails_and_names_it()
    {
        var builder = TestApplication.CreateBuilder();
        builder.Services.AddSingleton<Samples>();
        await using var application = builder.Build();
        application.MapGrpcService<Samples>();

        var exception = await Assert.ThrowsAsync<StartException>(() => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(exception.Problems, problem => problem.Contains("/booksforyou.sample.v1.SampleService/Write", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_calls_what_is_for_services_only_with_its_own_token_and_nothing_else()
    {
        await using var accounts = await ScriptedAccounts.StartAsync();
        await using var inventory = await Recorder.StartAsync(accounts.Host);
        var builder = TestApplication.CreateBuilder("--accounts-host", accounts.Host, "--inventory-host", inventory.Host);
        builder.AddService("Cart");
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");
        await using var application = builder.Build();
        var client = application.Services.GetRequiredService<InventoryService.InventoryServiceClient>();

        await client.GetBookAsync(new GetBookRequest());
        await client.CommitReservationAsync(new CommitReservationRequest());
        await client.ReleaseReservationAsync(new ReleaseReservationRequest());

        Assert.Equal(["nobody", "service:Cart", "service:Cart"], inventory.Callers);
        Assert.Equal(1, accounts.TokenCalls);
    }

    [Fact]
    public async Task Client_does_not_lend_its_token_to_calls_that_are_for_people()
    {
        await using var accounts = await ScriptedAccounts.StartAsync();
        await using var inventory = await Recorder.StartAsync(accounts.Host);
        var builder = TestApplication.CreateBuilder("--accounts-host", accounts.Host, "--inventory-host", inventory.Host);
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");
        await using var application = builder.Build();
        var client = application.Services.GetRequiredService<InventoryService.InventoryServiceClient>();

        await StatusAsync(StatusCode.Unauthenticated, client.AdjustStockAsync(new AdjustStockRequest()));
        Assert.Equal(0, accounts.TokenCalls);
    }

    [Fact]
    public async Task Client_with_Accounts_away_fails_as_if_the_peer_were()
    {
        await using var accounts = await ScriptedAccounts.StartAsync();
        accounts.IsAway = true;
        await using var inventory = await Recorder.StartAsync(accounts.Host);
        var builder = TestApplication.CreateBuilder("--accounts-host", accounts.Host, "--inventory-host", inventory.Host);
        builder.AddClient<InventoryService.InventoryServiceClient>("Inventory");
        await using var application = builder.Build();
        var client = application.Services.GetRequiredService<InventoryService.InventoryServiceClient>();

        await StatusAsync(StatusCode.Unavailable, client.CommitReservationAsync(new CommitReservationRequest()));
        accounts.IsAway = false;
        await client.CommitReservationAsync(new CommitReservationRequest());
    }

    private static Task StatusAsync<T>(StatusCode expected, AsyncUnaryCall<T> call) => StatusAsync(expected, call.ResponseAsync);

    private static async Task StatusAsync(StatusCode expected, Task call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);

    private sealed class Shop(ServiceApplication application, GrpcChannel channel, TestAccounts accounts) : IAsyncDisposable
    {
        public SampleService.SampleServiceClient Client { get; } = new(channel);

        public TestAccounts Accounts => accounts;

        public static async Task<Shop> StartAsync(Role access, string? host = null)
        {
            var accounts = await TestAccounts.SharedAsync();
            var builder = TestApplication.CreateBuilder("--accounts-host", host ?? accounts.Host);
            builder.Services.AddSingleton<WhoCalls>();
            var application = builder.Build();
            application.MapGrpcService<WhoCalls>(access);
            await application.StartAsync(TestContext.Current.CancellationToken);
            return new Shop(application, application.OpenChannel(), accounts);
        }

        public async ValueTask DisposeAsync()
        {
            channel.Dispose();
            await application.DisposeAsync();
        }
    }

    private sealed class WhoCalls : SampleService.SampleServiceBase
    {
        public override Task<SampleMessage> Read(SampleMessage request, ServerCallContext context) => Task.FromResult(new SampleMessage
        {
            Text = ServiceKit.Security.Caller.Find(context) is { } caller ? $"{caller.Role} {caller.Subject} {caller.Name}" : "nobody",
        });

        public override Task Listen(SampleMessage request, IServerStreamWriter<SampleMessage> responseStream, ServerCallContext context) =>
            responseStream.WriteAsync(request);

        public override Task<SampleMessage> Collect(IAsyncStreamReader<SampleMessage> requestStream, ServerCallContext context) =>
            Task.FromResult(new SampleMessage());
    }

    /// <summary>An Inventory that notes who calls it.</summary>
    private sealed class Recorder : InventoryService.InventoryServiceBase, IAsyncDisposable
    {
        private ServiceApplication? _application;

        public List<string> Callers { get; } = [];

        public string Host => $"127.0.0.1:{_application!.GrpcAddress.Port}";

        public static async Task<Recorder> StartAsync(string accountsHost)
        {
            var recorder = new Recorder();
            var builder = TestApplication.CreateBuilder("--accounts-host", accountsHost);
            builder.Services.AddSingleton(recorder);
            recorder._application = builder.Build();
            recorder._application.MapGrpcService<Recorder>();
            await recorder._application.StartAsync(TestContext.Current.CancellationToken);
            return recorder;
        }

        public override Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context) => Note(context, new GetBookResponse());

        public override Task<CommitReservationResponse> CommitReservation(CommitReservationRequest request, ServerCallContext context) =>
            Note(context, new CommitReservationResponse());

        public override Task<ReleaseReservationResponse> ReleaseReservation(ReleaseReservationRequest request, ServerCallContext context) =>
            Note(context, new ReleaseReservationResponse());

        public ValueTask DisposeAsync() => _application!.DisposeAsync();

        private Task<T> Note<T>(ServerCallContext context, T answer)
        {
            Callers.Add(ServiceKit.Security.Caller.Find(context)?.Subject ?? "nobody");
            return Task.FromResult(answer);
        }
    }
}
