using System.Collections.Concurrent;
using System.Globalization;
using BooksForYou.Contracts.Accounts.V1;
using Grpc.Core;

namespace BooksForYou.Chaos.Tests.Running;

/// <summary>Gets visitors, customers and the shop's admin their tokens from Accounts, as Marketplace does, and asks again while Accounts is being killed.</summary>
internal sealed class Doorkeeper(AccountsService.AccountsServiceClient accounts, string serviceSecret)
{
    /// <summary>The name of the shop's admin.</summary>
    public const string Admin = "admin";

    private const string Password = "a long and winding password";
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, Session> _sessions = new();
    private readonly ConcurrentDictionary<string, (Metadata Headers, DateTime Until)> _headers = new();

    /// <summary>The address of the account of a name.</summary>
    public static string EmailOf(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}@members.example");

    /// <summary>What a visitor's calls carry.</summary>
    public Task<Metadata> VisitorAsync(string visitorId, CancellationToken closing) => KeptAsync(visitorId, async () =>
    {
        var request = new IssueVisitorTokenRequest { VisitorId = visitorId };
        var service = await ServiceAsync(closing);
        return (await InsistAsync(() => accounts.IssueVisitorTokenAsync(request, service, Soon()), closing)).Token;
    });

    /// <summary>What the calls of somebody with an account carry. The account is opened at the first of them.</summary>
    public Task<Metadata> MemberAsync(string name, CancellationToken closing) => KeptAsync(name, async () =>
    {
        var session = await SessionAsync(name, closing);
        var service = await ServiceAsync(closing);
        var request = new RefreshTokenRequest { SessionSecret = session.Secret };
        return (await InsistAsync(() => accounts.RefreshTokenAsync(request, service, Soon()), closing)).Token;
    });

    /// <summary>What must be in no log.</summary>
    public IEnumerable<string> Secrets => [Password, serviceSecret, .. _sessions.Values.Select(session => session.Secret)];

    /// <summary>Has the admin's next calls carry a fresh token, since the account has become an admin's.</summary>
    public void ForgetAdmin() => _headers.TryRemove(Admin, out _);

    private static DateTime Soon() => DateTime.UtcNow.AddSeconds(10);

    private Task<Metadata> ServiceAsync(CancellationToken closing) => KeptAsync("", async () =>
    {
        var request = new IssueServiceTokenRequest { Service = "Marketplace", Secret = serviceSecret };
        return (await InsistAsync(() => accounts.IssueServiceTokenAsync(request, deadline: Soon()), closing)).Token;
    });

    private async Task<Session> SessionAsync(string name, CancellationToken closing)
    {
        if (_sessions.TryGetValue(name, out var known))
        {
            return known;
        }

        var service = await ServiceAsync(closing);
        var register = new RegisterRequest { Email = EmailOf(name), Name = name, Password = Password };
        var signIn = new SignInRequest { Email = EmailOf(name), Password = Password };
        Session session;
        try
        {
            session = (await InsistAsync(() => accounts.RegisterAsync(register, service, Soon()), closing)).Session;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // The answer to the first try was lost.
            session = (await InsistAsync(() => accounts.SignInAsync(signIn, service, Soon()), closing)).Session;
        }

        return _sessions[name] = session;
    }

    private async Task<Metadata> KeptAsync(string whose, Func<Task<Token>> askAsync)
    {
        if (_headers.TryGetValue(whose, out var kept) && DateTime.UtcNow < kept.Until)
        {
            return kept.Headers;
        }

        var headers = new Metadata { { "authorization", $"Bearer {(await askAsync()).Value}" } };
        _headers[whose] = (headers, DateTime.UtcNow + Freshness);
        return headers;
    }

    private static async Task<T> InsistAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken closing)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), closing);
            }
        }
    }
}
