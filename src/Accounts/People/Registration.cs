using BooksForYou.Accounts.Limits;
using BooksForYou.Accounts.Passwords;
using BooksForYou.Accounts.Sessions;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;

namespace BooksForYou.Accounts.People;

/// <summary>Opens accounts.</summary>
internal sealed class Registration(
    AccountRules rules,
    AccountStore accounts,
    PasswordVault passwords,
    TryLimits limits,
    SessionDesk sessions,
    AccountsSignals signals,
    AccountsMetrics metrics,
    TimeProvider time)
{
    /// <exception cref="AlreadyExistsException">The address has an account.</exception>
    public async Task<Session> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim();
        var name = request.Name.Trim();
        rules.CheckRegistration(email, name, request.Password);
        await limits.CountRegistrationAsync(request.ClientAddress, cancellationToken);
        var folded = Email.Fold(email);
        if (await accounts.FindByEmailAsync(folded, cancellationToken) is not null)
        {
            throw Taken();
        }

        var now = time.GetUtcNow();
        var account = new Account
        {
            AccountId = Account.NewId(),
            Email = email,
            EmailFolded = folded,
            Name = name,
            PasswordHash = await passwords.HashAsync(request.Password, cancellationToken),
            MailConsent = request.MailConsent,

            // As precise as the databases are: an account read back is equal to what was written.
            CreatedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
        };
        if (!await accounts.AddAsync(account, cancellationToken))
        {
            throw Taken();
        }

        metrics.Registered();
        signals.MailDue.Pulse();
        return await sessions.OpenAsync(account, account.PasswordHash, cancellationToken);
    }

    private static AlreadyExistsException Taken() => new("The e-mail address has an account.");
}
