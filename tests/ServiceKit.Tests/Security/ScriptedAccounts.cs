using System.Security.Cryptography;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Tests.Hosting;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BooksForYou.ServiceKit.Tests.Security;

/// <summary>Accounts as a test wants it: with these keys, or away.</summary>
internal sealed class ScriptedAccounts : AccountsService.AccountsServiceBase, IAsyncDisposable
{
    private readonly List<GrpcChannel> _channels = [];
    private ServiceApplication? _application;
    private int _keyCalls;
    private int _tokenCalls;

    public List<TokenSigner> Signers { get; } = [NewSigner("first")];

    public TokenSigner Signer => Signers[0];

    public bool IsAway { get; set; }

    public int KeyCalls => _keyCalls;

    public int TokenCalls => _tokenCalls;

    public string Host => $"127.0.0.1:{_application!.GrpcAddress.Port}";

    public static TokenSigner NewSigner(string keyId) => new(keyId, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static async Task<ScriptedAccounts> StartAsync()
    {
        var accounts = new ScriptedAccounts();
        var builder = TestApplication.CreateBuilder();
        builder.AddService("Accounts");
        builder.Services.AddSingleton(accounts);
        var application = builder.Build();
        application.MapGrpcService<ScriptedAccounts>();
        await application.StartAsync();
        accounts._application = application;
        return accounts;
    }

    public AccountsService.AccountsServiceClient Client()
    {
        var channel = GrpcChannel.ForAddress($"http://{Host}");
        _channels.Add(channel);
        return new AccountsService.AccountsServiceClient(channel);
    }

    public override Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _keyCalls);
        return IsAway
            ? throw new UnavailableException("Away.")
            : Task.FromResult(new ListSigningKeysResponse { Keys = { Signers.Select(signer => signer.PublicKey) } });
    }

    public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _tokenCalls);
        var caller = new ServiceKit.Security.Caller(Role.Service, $"service:{request.Service}");
        return IsAway
            ? throw new UnavailableException("Away.")
            : Task.FromResult(new IssueServiceTokenResponse { Token = Signer.Sign(caller, DateTimeOffset.UtcNow, TimeSpan.FromHours(1)) });
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _application!.DisposeAsync();
        Signers.ForEach(signer => signer.Dispose());
    }
}
