using BooksForYou.Accounts;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace BooksForYou.Marketplace.Tests;

/// <summary>Somebody who runs the shop: an account that was made an admin as on the command line, and a token of it that is always fresh.</summary>
internal sealed class Bookseller : IAsyncDisposable
{
    /// <summary>What to sign in with.</summary>
    public const string Email = "bookseller@example.com";

    /// <summary>The password to it.</summary>
    public const string Password = "nobody reads this one";

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _end = new();
    private readonly AccountsService.AccountsServiceClient _accounts;
    private readonly Func<ServiceTokens> _tokens;
    private readonly string _secret;
    private readonly Task _refreshing;
    private volatile string _token = "";

    private Bookseller(GrpcChannel channel, Func<ServiceTokens> tokens, string secret)
    {
        _accounts = new AccountsService.AccountsServiceClient(channel);
        _tokens = tokens;
        _secret = secret;
        Calls = channel.Intercept(headers =>
        {
            headers.Add("authorization", $"Bearer {_token}");
            return headers;
        });
        _refreshing = RefreshForeverAsync();
    }

    /// <summary>Calls in the bookseller's name.</summary>
    public CallInvoker Calls { get; }

    /// <summary>Opens the account and makes it an admin's.</summary>
    /// <param name="channel">Where Accounts is.</param>
    /// <param name="tokens">The token of the process that it is in.</param>
    /// <param name="settings">Settings that lead to its database.</param>
    public static async Task<Bookseller> AppointAsync(GrpcChannel channel, Func<ServiceTokens> tokens, params string[] settings)
    {
        var request = new RegisterRequest { Email = Email, Name = "Bea Bookseller", Password = Password, ClientAddress = "192.0.2.1" };
        var accounts = new AccountsService.AccountsServiceClient(channel);
        var session = (await accounts.RegisterAsync(request, await tokens().HeadersAsync(CancellationToken.None))).Session;
        Assert.Equal(0, await AccountsCommand.RunAsync(["make-admin", Email, .. settings]));
        var bookseller = new Bookseller(channel, tokens, session.Secret);
        await bookseller.RefreshAsync();
        return bookseller;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _refreshing;
        _end.Dispose();
    }

    private async Task RefreshAsync()
    {
        var headers = await _tokens().HeadersAsync(CancellationToken.None);
        _token = (await _accounts.RefreshTokenAsync(new RefreshTokenRequest { SessionSecret = _secret }, headers)).Token.Value;
    }

    private async Task RefreshForeverAsync()
    {
        using var timer = new PeriodicTimer(Freshness);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await RefreshAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The shop is closed.
        }
    }
}
