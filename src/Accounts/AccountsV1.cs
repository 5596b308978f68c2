using System.Security.Cryptography;
using System.Text;
using BooksForYou.Accounts.Deletions;
using BooksForYou.Accounts.Keys;
using BooksForYou.Accounts.Mails;
using BooksForYou.Accounts.People;
using BooksForYou.Accounts.Sessions;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;

namespace BooksForYou.Accounts;

/// <summary>The gRPC face of the service: <c>booksforyou.accounts.v1</c>. Here are tokens and sessions.</summary>
internal sealed partial class AccountsV1(
    ServiceSecret serviceSecret,
    SigningKeys keys,
    Tokens tokens,
    Registration registration,
    SignIn signIn,
    SessionDesk desk,
    SessionStore sessions,
    PasswordChange passwords,
    AccountStore accounts,
    MailLinkStore links,
    MailStore mails,
    CampaignStore campaigns,
    DeletionFeed deletions,
    AccountsSignals signals,
    TimeProvider time)
    : AccountsService.AccountsServiceBase
{
    private const int LongestServiceName = 40;
    private const int ShortestVisitor = 22;
    private const int LongestVisitor = 64;
    private const int LongestText = 256;

    public override async Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context) =>
        new() { Keys = { await keys.PublicAsync(context.CancellationToken) } };

    public override async Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context)
    {
        if (request.Service.Length is 0 or > LongestServiceName || !request.Service.All(char.IsAsciiLetter))
        {
            throw new InvalidArgumentException(new FieldViolation("service", $"must have from 1 to {LongestServiceName} letters"));
        }

        // Hashed first, since the comparison takes the same time only for texts of one length.
        var (given, expected) = (SHA256.HashData(Encoding.UTF8.GetBytes(request.Secret)), SHA256.HashData(Encoding.UTF8.GetBytes(serviceSecret.Value)));
        return CryptographicOperations.FixedTimeEquals(given, expected)
            ? new IssueServiceTokenResponse { Token = await tokens.ForServiceAsync(request.Service, context.CancellationToken) }
            : throw new UnauthenticatedException("The secret is wrong.");
    }

    public override async Task<IssueVisitorTokenResponse> IssueVisitorToken(IssueVisitorTokenRequest request, ServerCallContext context)
    {
        var id = request.VisitorId;
        if (id.Length is < ShortestVisitor or > LongestVisitor || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw new InvalidArgumentException(
                new FieldViolation("visitor_id", $"must have from {ShortestVisitor} to {LongestVisitor} characters of base64url"));
        }

        return new IssueVisitorTokenResponse { Token = await tokens.ForVisitorAsync(id, context.CancellationToken) };
    }

    public override async Task<RegisterResponse> Register(RegisterRequest request, ServerCallContext context) =>
        new() { Session = await registration.RegisterAsync(request, context.CancellationToken) };

    public override async Task<SignInResponse> SignIn(SignInRequest request, ServerCallContext context)
    {
        CheckLength("email", request.Email);
        CheckLength("password", request.Password);
        return new SignInResponse { Session = await signIn.SignInAsync(request, context.CancellationToken) };
    }

    public override async Task<RefreshTokenResponse> RefreshToken(RefreshTokenRequest request, ServerCallContext context)
    {
        CheckLength("session_secret", request.SessionSecret);
        var (token, account) = await desk.RefreshAsync(request.SessionSecret, context.CancellationToken);
        return new RefreshTokenResponse { Token = token, Profile = ContractMapping.ToProfile(account) };
    }

    public override async Task<SignOutResponse> SignOut(SignOutRequest request, ServerCallContext context)
    {
        CheckLength("session_secret", request.SessionSecret);
        await sessions.EndAsync(SecretHash.Of(request.SessionSecret), context.CancellationToken);
        return new SignOutResponse();
    }

    public override async Task<SignOutEverywhereResponse> SignOutEverywhere(SignOutEverywhereRequest request, ServerCallContext context)
    {
        CheckLength("except_session_secret", request.ExceptSessionSecret);
        await sessions.EndAllAsync(Caller.Of(context).Subject, SecretHash.Of(request.ExceptSessionSecret), context.CancellationToken);
        return new SignOutEverywhereResponse();
    }

    public override async Task<RequestPasswordResetResponse> RequestPasswordReset(RequestPasswordResetRequest request, ServerCallContext context)
    {
        if (!ServiceKit.Mail.MailAddress.IsAddress(request.Email.Trim()))
        {
            throw new InvalidArgumentException(new FieldViolation("email", "must be an e-mail address such as name@example.com"));
        }

        await passwords.RequestResetAsync(request.Email, request.ClientAddress, context.CancellationToken);
        return new RequestPasswordResetResponse();
    }

    public override async Task<ResetPasswordResponse> ResetPassword(ResetPasswordRequest request, ServerCallContext context)
    {
        await passwords.ResetAsync(CheckLink(request.Link), request.NewPassword, context.CancellationToken);
        return new ResetPasswordResponse();
    }

    public override async Task<ConfirmEmailResponse> ConfirmEmail(ConfirmEmailRequest request, ServerCallContext context) =>
        await links.ConfirmAsync(CheckLink(request.Link), time.GetUtcNow(), context.CancellationToken)
            ? new ConfirmEmailResponse()
            : throw MailLinkStore.Refused();

    public override async Task<UnsubscribeResponse> Unsubscribe(UnsubscribeRequest request, ServerCallContext context) =>
        await links.UnsubscribeAsync(CheckLink(request.Link), time.GetUtcNow(), context.CancellationToken)
            ? new UnsubscribeResponse()
            : throw MailLinkStore.Refused();

    private static void CheckLength(string field, string text)
    {
        if (text.Length > LongestText)
        {
            throw new InvalidArgumentException(new FieldViolation(field, $"must have at most {LongestText} characters"));
        }
    }

    private static string CheckLink(string link) => link.Length == SecretHash.SecretLength ? link : throw MailLinkStore.Refused();
}
