using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.Marketplace.Peers;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace BooksForYou.Marketplace.People;

/// <summary>Where people open an account, come in, and see to their account; Accounts does it.</summary>
internal sealed class AccountDesk(
    AccountsService.AccountsServiceClient accounts,
    [FromKeyedServices(PeerNames.Accounts)] Peer peer,
    Sessions sessions,
    IOptions<MarketplaceOptions> options,
    TimeProvider clock)
{
    // With Accounts known to be away it is tried nevertheless, since it may be back, but nobody waits for long.
    private TimeSpan Deadline => peer.IsAway ? options.Value.PersonDeadline : options.Value.AccountDeadline;

    /// <summary>Opens an account, and lets its owner in.</summary>
    public Task<AccountAnswer<RegisterResponse>> RegisterAsync(HttpContext context, string email, string name, string password, bool mailConsent) =>
        AskAsync(context, call => accounts.RegisterAsync(
            new RegisterRequest { Email = email, Name = name, Password = password, MailConsent = mailConsent, ClientAddress = AddressOf(context) }, call));

    /// <summary>Lets somebody in.</summary>
    public Task<AccountAnswer<SignInResponse>> SignInAsync(HttpContext context, string email, string password) =>
        AskAsync(context, call => accounts.SignInAsync(new SignInRequest { Email = email, Password = password, ClientAddress = AddressOf(context) }, call));

    /// <summary>Ends the session that the browser has, if it has one.</summary>
    public async Task EndSessionAsync(HttpContext context)
    {
        if (SessionCookie.SecretOf(context) is { } secret)
        {
            await AskAsync(context, call => accounts.SignOutAsync(new SignOutRequest { SessionSecret = secret }, call));
        }
    }

    /// <summary>Ends all sessions of whoever is signed in, also the one of this browser.</summary>
    public Task<AccountAnswer<SignOutEverywhereResponse>> EndAllSessionsAsync(HttpContext context) =>
        AskAsPersonAsync(context, call => accounts.SignOutEverywhereAsync(new SignOutEverywhereRequest(), call));

    /// <summary>Has a link mailed that sets a new password, if there is such an account.</summary>
    public Task<AccountAnswer<RequestPasswordResetResponse>> RequestResetAsync(HttpContext context, string email) => AskAsync(
        context,
        call => accounts.RequestPasswordResetAsync(new RequestPasswordResetRequest { Email = email, ClientAddress = AddressOf(context) }, call));

    /// <summary>Sets a new password by a mailed link.</summary>
    public Task<AccountAnswer<ResetPasswordResponse>> ResetAsync(HttpContext context, string link, string password) =>
        AskAsync(context, call => accounts.ResetPasswordAsync(new ResetPasswordRequest { Link = link, NewPassword = password }, call));

    /// <summary>Confirms an address by a mailed link.</summary>
    public Task<AccountAnswer<ConfirmEmailResponse>> ConfirmAsync(HttpContext context, string link) =>
        AskAsync(context, call => accounts.ConfirmEmailAsync(new ConfirmEmailRequest { Link = link }, call));

    /// <summary>Ends mails about offers by a mailed link.</summary>
    public Task<AccountAnswer<UnsubscribeResponse>> UnsubscribeAsync(HttpContext context, string link) =>
        AskAsync(context, call => accounts.UnsubscribeAsync(new UnsubscribeRequest { Link = link }, call));

    /// <summary>Changes the account of whoever is signed in.</summary>
    public async Task<AccountAnswer<UpdateProfileResponse>> UpdateAsync(HttpContext context, string name, bool mailConsent)
    {
        var answer = await AskAsPersonAsync(context, call => accounts.UpdateProfileAsync(new UpdateProfileRequest { Name = name, MailConsent = mailConsent }, call));
        if (answer.Value?.Profile is { } profile)
        {
            sessions.Change(context, profile);
        }

        return answer;
    }

    /// <summary>Has another link mailed that confirms the address of whoever is signed in.</summary>
    public Task<AccountAnswer<RequestEmailConfirmationResponse>> RequestConfirmationAsync(HttpContext context) =>
        AskAsPersonAsync(context, call => accounts.RequestEmailConfirmationAsync(new RequestEmailConfirmationRequest(), call));

    /// <summary>Changes the password of whoever is signed in, and ends the other sessions.</summary>
    public Task<AccountAnswer<ChangePasswordResponse>> ChangePasswordAsync(HttpContext context, string current, string password)
    {
        var request = new ChangePasswordRequest
        {
            CurrentPassword = current,
            NewPassword = password,
            SessionSecret = SessionCookie.SecretOf(context) ?? "",
            ClientAddress = AddressOf(context),
        };
        return AskAsPersonAsync(context, call => accounts.ChangePasswordAsync(request, call));
    }

    /// <summary>Gives all that Accounts knows of whoever is signed in.</summary>
    public Task<AccountAnswer<ExportAccountResponse>> ExportAsync(HttpContext context) =>
        AskAsPersonAsync(context, call => accounts.ExportAccountAsync(new ExportAccountRequest(), call));

    /// <summary>Deletes the account of whoever is signed in.</summary>
    public Task<AccountAnswer<DeleteAccountResponse>> DeleteAsync(HttpContext context, string password) => AskAsPersonAsync(
        context,
        call => accounts.DeleteAccountAsync(new DeleteAccountRequest { Password = password, ClientAddress = AddressOf(context) }, call));

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private async Task<AccountAnswer<T>> AskAsPersonAsync<T>(HttpContext context, Func<CallOptions, AsyncUnaryCall<T>> call)
        where T : class => await sessions.FindAsync(context) is { } person
            ? await AskAsync(context, options => call(options.WithHeaders(Bearer.HeadersOf(person.Token))))
            : AccountAnswer<T>.Without(Sessions.IsUnknownIn(context) ? AccountEnd.Away : AccountEnd.Refused);

    private async Task<AccountAnswer<T>> AskAsync<T>(HttpContext context, Func<CallOptions, AsyncUnaryCall<T>> call)
        where T : class
    {
        try
        {
            var asked = new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + Deadline, cancellationToken: context.RequestAborted);
            return AccountAnswer<T>.Of(await call(asked));
        }
        catch (RpcException failure)
        {
            return AccountAnswer<T>.Of(failure);
        }
    }
}
