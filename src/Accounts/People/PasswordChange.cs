using BooksForYou.Accounts.Limits;
using BooksForYou.Accounts.Mails;
using BooksForYou.Accounts.Passwords;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Accounts.People;

/// <summary>Sets passwords anew, and asks for them where somebody must prove once more who it is.</summary>
internal sealed class PasswordChange(
    AccountRules rules,
    AccountStore accounts,
    MailLinkStore links,
    MailStore mails,
    PasswordVault passwords,
    TryLimits limits,
    AccountsSignals signals,
    TimeProvider time)
{
    /// <summary>Verifies the password of somebody who is signed in.</summary>
    /// <exception cref="PermissionDeniedException">It is wrong.</exception>
    public async Task VerifyAsync(Account account, string password, string clientAddress, CancellationToken cancellationToken)
    {
        await limits.CountSignInAsync(account.EmailFolded, clientAddress, cancellationToken);
        if (await passwords.VerifyAsync(account.PasswordHash, password, cancellationToken) == PasswordMatch.None)
        {
            throw new PermissionDeniedException("The password is wrong.");
        }

        await limits.ForgiveSignInAsync(account.EmailFolded, clientAddress, cancellationToken);
    }

    /// <summary>Changes a password for somebody who knows it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="current">The password until now.</param>
    /// <param name="next">The new one.</param>
    /// <param name="keptSecret">The secret of the session that stays.</param>
    /// <param name="clientAddress">Where the caller is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PermissionDeniedException">The password is wrong.</exception>
    public async Task ChangeAsync(
        Account account, string current, string next, string keptSecret, string clientAddress, CancellationToken cancellationToken)
    {
        rules.CheckNewPassword(next, account);
        await VerifyAsync(account, current, clientAddress, cancellationToken);
        var hash = await passwords.HashAsync(next, cancellationToken);
        if (!await accounts.ChangePasswordAsync(account.AccountId, account.PasswordHash, hash, SecretHash.Of(keptSecret), cancellationToken))
        {
            // Somebody else changed it in between.
            throw new PermissionDeniedException("The password is wrong.");
        }
    }

    /// <summary>Has a mail sent with a link that sets a new password, if the address has an account. Takes the same steps if not.</summary>
    public async Task RequestResetAsync(string email, string clientAddress, CancellationToken cancellationToken)
    {
        await limits.CountResetRequestAsync(clientAddress, cancellationToken);
        await mails.AddResetAsync(Email.Fold(email), time.GetUtcNow(), cancellationToken);
        signals.MailDue.Pulse();
    }

    /// <summary>Sets a new password for somebody who got the mail: the address is confirmed by that.</summary>
    /// <exception cref="FailedPreconditionException">The link is unknown, used or too old.</exception>
    public async Task ResetAsync(string link, string password, CancellationToken cancellationToken)
    {
        var account = await links.FindOwnerAsync(link, MailLinkPurpose.Reset, time.GetUtcNow(), cancellationToken) ?? throw MailLinkStore.Refused();
        rules.CheckNewPassword(password, account);
        var hash = await passwords.HashAsync(password, cancellationToken);
        if (!await links.UseForPasswordAsync(link, hash, time.GetUtcNow(), cancellationToken))
        {
            throw MailLinkStore.Refused();
        }

        await limits.ForgetAccountAsync(account.EmailFolded, cancellationToken);
    }
}
