using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Contracts.Security.V1;
using BooksForYou.ServiceKit.Security;

namespace BooksForYou.Accounts.Keys;

/// <summary>Gives tokens. A customer's is short, since it goes on saying what was true when it was given.</summary>
internal sealed class Tokens(SigningKeys keys, TimeProvider time)
{
    /// <summary>How long the longest token lives.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    private static readonly TimeSpan OwnersLife = TimeSpan.FromMinutes(10);

    public Task<Token> ForOwnerAsync(Account account, CancellationToken cancellationToken) => SignAsync(account.Owner, OwnersLife, cancellationToken);

    public Task<Token> ForVisitorAsync(string visitorId, CancellationToken cancellationToken) =>
        SignAsync(new Caller(Role.Visitor, visitorId), LongestLife, cancellationToken);

    public Task<Token> ForServiceAsync(string service, CancellationToken cancellationToken) =>
        SignAsync(new Caller(Role.Service, $"service:{service}"), LongestLife, cancellationToken);

    private async Task<Token> SignAsync(Caller caller, TimeSpan lifetime, CancellationToken cancellationToken) =>
        (await keys.CurrentAsync(cancellationToken)).Sign(caller, time.GetUtcNow(), lifetime);
}
