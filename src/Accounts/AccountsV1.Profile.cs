using BooksForYou.Accounts.People;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Security;
using BooksForYou.ServiceKit.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Accounts;

// What people do with their own account, and what the other services learn of it.
internal sealed partial class AccountsV1
{
    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context) =>
        new() { Profile = ContractMapping.ToProfile(await OwnAccountAsync(context)) };

    public override async Task<UpdateProfileResponse> UpdateProfile(UpdateProfileRequest request, ServerCallContext context)
    {
        var name = request.Name.Trim();
        AccountRules.CheckName(name);
        var account = await accounts.UpdateAsync(Caller.Of(context).Subject, name, request.MailConsent, context.CancellationToken) ?? throw Gone();
        return new UpdateProfileResponse { Profile = ContractMapping.ToProfile(account) };
    }

    public override async Task<RequestEmailConfirmationResponse> RequestEmailConfirmation(
        RequestEmailConfirmationRequest request, ServerCallContext context)
    {
        await mails.AddConfirmationAsync(Caller.Of(context).Subject, time.GetUtcNow(), context.CancellationToken);
        signals.MailDue.Pulse();
        return new RequestEmailConfirmationResponse();
    }

    public override async Task<ChangePasswordResponse> ChangePassword(ChangePasswordRequest request, ServerCallContext context)
    {
        CheckLength("current_password", request.CurrentPassword);
        CheckLength("session_secret", request.SessionSecret);
        var account = await OwnAccountAsync(context);
        await passwords.ChangeAsync(
            account, request.CurrentPassword, request.NewPassword, request.SessionSecret, request.ClientAddress, context.CancellationToken);
        return new ChangePasswordResponse();
    }

    public override async Task<ExportAccountResponse> ExportAccount(ExportAccountRequest request, ServerCallContext context)
    {
        var account = await OwnAccountAsync(context);
        var live = await sessions.ListAsync(account.AccountId, time.GetUtcNow(), context.CancellationToken);
        var campaignTimes = await mails.CampaignTimesAsync(account.AccountId, context.CancellationToken);
        return new ExportAccountResponse
        {
            Profile = ContractMapping.ToProfile(account),
            Sessions =
            {
                live.Select(session => new SessionRecord
                {
                    CreateTime = Timestamp.FromDateTimeOffset(session.CreatedAt),
                    LastUseTime = Timestamp.FromDateTimeOffset(session.UsedAt),
                }),
            },
            CampaignMailTimes = { campaignTimes.Select(Timestamp.FromDateTimeOffset) },
        };
    }

    public override async Task<DeleteAccountResponse> DeleteAccount(DeleteAccountRequest request, ServerCallContext context)
    {
        CheckLength("password", request.Password);
        var account = await OwnAccountAsync(context);
        await passwords.VerifyAsync(account, request.Password, request.ClientAddress, context.CancellationToken);
        switch (await accounts.DeleteAsync(account.AccountId, time.GetUtcNow(), context.CancellationToken))
        {
            case RemovalResult.LastAdmin:
                throw new FailedPreconditionException("This is the last admin: make somebody else one first.");
            case RemovalResult.Unknown:
                throw Gone();
            default:
                signals.AccountDeleted.Pulse();
                return new DeleteAccountResponse();
        }
    }

    public override async Task<GetContactResponse> GetContact(GetContactRequest request, ServerCallContext context)
    {
        // Anything else cannot be in the database; PostgreSQL does not even take every text.
        var account = request.AccountId.All(char.IsAscii) && !request.AccountId.Any(char.IsControl)
            ? await accounts.FindAsync(request.AccountId, context.CancellationToken)
            : null;
        return account is null
            ? throw new NotFoundException("There is no such account.")
            : new GetContactResponse { Email = account.Email, EmailConfirmed = account.EmailConfirmed };
    }

    public override async Task FollowDeletions(
        FollowDeletionsRequest request, IServerStreamWriter<FollowDeletionsResponse> responseStream, ServerCallContext context)
    {
        if (!FeedPosition.TryParse(request.Cursor, out var position))
        {
            throw new InvalidArgumentException(new FieldViolation("cursor", "must be a cursor that was sent before, or empty"));
        }

        await foreach (var page in deletions.FollowAsync(position, context.CancellationToken))
        {
            if (page.Events.Count == 0)
            {
                await responseStream.WriteAsync(new FollowDeletionsResponse { Cursor = position.ToCursor(), CaughtUp = true }, context.CancellationToken);
            }

            for (var index = 0; index < page.Events.Count; index++)
            {
                var (at, accountId, trace) = page.Events[index];
                position = at;
                await responseStream.WriteAsync(
                    new FollowDeletionsResponse
                    {
                        Cursor = at.ToCursor(),
                        AccountId = accountId,
                        CaughtUp = page.IsLast && index == page.Events.Count - 1,
                        Traceparent = trace,
                    },
                    context.CancellationToken);
            }
        }
    }

    // Whoever has a token has, or had within its minutes, an account.
    private static UnauthenticatedException Gone() => new("The account is gone.");

    private async Task<Account> OwnAccountAsync(ServerCallContext context) =>
        await accounts.FindAsync(Caller.Of(context).Subject, context.CancellationToken) ?? throw Gone();
}
