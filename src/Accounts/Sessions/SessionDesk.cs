using BooksForYou.Accounts.Keys;
using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts.Sessions;

/// <summary>Opens sessions and gives them tokens.</summary>
internal sealed class SessionDesk(SessionStore sessions, Tokens tokens, IOptions<AccountsOptions> options, TimeProvider time)
{
    /// <summary>Opens a session, always a new one: a secret that somebody has planted before signs nobody in.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="passwordHash">The hash of the password that let the owner in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnauthenticatedException">The password has been changed meanwhile.</exception>
    public async Task<Session> OpenAsync(Account account, string passwordHash, CancellationToken cancellationToken)
    {
        var secret = SecretHash.NewSecret();
        var now = time.GetUtcNow();
        if (!await sessions.AddAsync(SecretHash.Of(secret), account.AccountId, passwordHash, now, now + options.Value.SessionLife, cancellationToken))
        {
            throw SignIn.Refused();
        }

        return new Session
        {
            Secret = secret,
            Token = await tokens.ForOwnerAsync(account, cancellationToken),
            Profile = ContractMapping.ToProfile(account),
        };
    }

    /// <summary>Gives a session its next token, for the account as it is now.</summary>
    /// <exception cref="UnauthenticatedException">The session is over.</exception>
    public async Task<(Token Token, Account Account)> RefreshAsync(string secret, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = await sessions.UseAsync(SecretHash.Of(secret), now, now + options.Value.SessionLife, cancellationToken)
            ?? throw new UnauthenticatedException("The session is over.");
        return (await tokens.ForOwnerAsync(account, cancellationToken), account);
    }
}
