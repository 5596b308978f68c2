using BooksForYou.Accounts.Limits;
using BooksForYou.Accounts.Passwords;
using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts.Sessions;

/// <summary>
/// Lets people in. An address without an account takes the same steps as a wrong password, down to the hashing, so that neither the answer nor its time
/// tells who has an account. A try is counted before the password is looked at: many at once get no further than one after the other.
/// </summary>
internal sealed class SignIn(AccountStore accounts, PasswordVault passwords, TryLimits limits, SessionDesk sessions, AccountsMetrics metrics)
{
    /// <exception cref="UnauthenticatedException">There is no such account, or the password is wrong.</exception>
    /// <exception cref="ResourceExhaustedException">There were too many tries of late.</exception>
    public async Task<Session> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var folded = Email.Fold(request.Email);
        await limits.CountSignInAsync(folded, request.ClientAddress, cancellationToken);

        // What is no address cannot be in the database; PostgreSQL does not even take every text.
        var account = MailAddress.IsAddress(folded) ? await accounts.FindByEmailAsync(folded, cancellationToken) : null;
        var match = await passwords.VerifyAsync(account?.PasswordHash, request.Password, cancellationToken);
        if (account is null || match == PasswordMatch.None)
        {
            metrics.SignedIn("refused");
            throw Refused();
        }

        var hash = account.PasswordHash;
        if (match == PasswordMatch.Outdated)
        {
            hash = await passwords.HashAsync(request.Password, cancellationToken);
            await accounts.RehashAsync(account.AccountId, account.PasswordHash, hash, cancellationToken);
        }

        await limits.ForgiveSignInAsync(folded, request.ClientAddress, cancellationToken);
        metrics.SignedIn("let_in");
        return await sessions.OpenAsync(account, hash, cancellationToken);
    }

    /// <summary>What everybody is told who is not let in.</summary>
    public static UnauthenticatedException Refused() => new("The e-mail address or the password is wrong.");
}
