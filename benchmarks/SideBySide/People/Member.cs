using System.Diagnostics;
using BooksForYou.Contracts.Accounts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace BooksForYou.SideBySide.People;

/// <summary>Somebody with an account, who comes in as Marketplace lets people in.</summary>
internal sealed class Member : IDisposable
{
    private const string Email = "member@bench.example";
    private const string Password = "a long and winding password";
    private const int AtOnce = 4;

    private readonly GrpcChannel _channel;
    private readonly AccountsService.AccountsServiceClient _accounts;
    private readonly string _secret;
    private string _session = "";

    private Member(int port, string secret)
    {
        _secret = secret;
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        _accounts = new AccountsService.AccountsServiceClient(_channel);
    }

    /// <summary>What the member's browser sends.</summary>
    public string Cookie => $"session={_session}";

    /// <summary>Opens the account.</summary>
    /// <param name="port">The port of Accounts.</param>
    /// <param name="secretFile">Where the secret of the services is, which the store has made.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Member> RegisterAsync(int port, string secretFile, CancellationToken cancellation)
    {
        var member = new Member(port, await File.ReadAllTextAsync(secretFile, cancellation));
        var request = new RegisterRequest { Email = Email, Name = "Ada", Password = Password, ClientAddress = "192.0.2.1" };
        var response = await member._accounts.RegisterAsync(request, await member.ServiceAsync(cancellation), cancellationToken: cancellation);
        member._session = response.Session.Secret;
        return member;
    }

    /// <summary>A fresh token.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellation)
    {
        var request = new RefreshTokenRequest { SessionSecret = _session };
        return (await _accounts.RefreshTokenAsync(request, await ServiceAsync(cancellation), cancellationToken: cancellation)).Token.Value;
    }

    /// <summary>Signs in, several at a time.</summary>
    /// <returns>Sign-ins a second.</returns>
    public async Task<double> SignInAgainAndAgainAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var headers = await ServiceAsync(cancellation);
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SignInAgainAsync(headers, clock, duration, cancellation)));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _channel.Dispose();

    private async Task<int> SignInAgainAsync(Metadata headers, Stopwatch clock, TimeSpan duration, CancellationToken cancellation)
    {
        var request = new SignInRequest { Email = Email, Password = Password, ClientAddress = "192.0.2.1" };
        var count = 0;
        while (clock.Elapsed < duration)
        {
            await _accounts.SignInAsync(request, headers, cancellationToken: cancellation);
            count++;
        }

        return count;
    }

    private async Task<Metadata> ServiceAsync(CancellationToken cancellation)
    {
        var request = new IssueServiceTokenRequest { Service = "Marketplace", Secret = _secret };
        var token = (await _accounts.IssueServiceTokenAsync(request, cancellationToken: cancellation)).Token;
        return new Metadata { { "authorization", $"Bearer {token.Value}" } };
    }
}
