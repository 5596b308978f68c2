using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BooksForYou.Accounts.Mails;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace BooksForYou.Accounts;

// Mails about offers, and those that were given up.
internal sealed partial class AccountsV1
{
    private const int DefaultConsentPage = 200;
    private const int MaxConsentPage = 1_000;
    private const int DefaultStuckPage = 50;
    private const int MaxStuckPage = 200;
    private const int MaxCampaignId = 100;
    private const int MaxSubject = 200;
    private const int MaxBody = 20_000;
    private const int MaxAccounts = 1_000;
    private const int MaxId = 100;

    public override async Task<ListMailConsentsResponse> ListMailConsents(ListMailConsentsRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize, DefaultConsentPage, MaxConsentPage);
        var (page, total) = await accounts.ListMailConsentsAsync(ParseNumber(request.PageToken), size + 1, context.CancellationToken);
        var response = new ListMailConsentsResponse { AccountIds = { page.Take(size).Select(entry => entry.AccountId) }, Total = total };
        if (page.Count > size)
        {
            response.NextPageToken = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(page[size - 1].Number.ToString(CultureInfo.InvariantCulture)));
        }

        return response;
    }

    public override async Task<QueueCampaignMailResponse> QueueCampaignMail(QueueCampaignMailRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        CheckText(violations, "campaign_id", request.CampaignId, MaxCampaignId, "");
        CheckText(violations, "subject", request.Subject, MaxSubject, "");
        CheckText(violations, "text", request.Text, MaxBody, "\r\n\t");
        if (request.AccountIds.Count > MaxAccounts || request.AccountIds.Any(id => id.Length > MaxId || id.Any(char.IsControl)))
        {
            violations.Add(new("account_ids", $"must be at most {MaxAccounts} accounts"));
        }

        if (violations.Count > 0)
        {
            throw new InvalidArgumentException([.. violations]);
        }

        var added = await campaigns.QueueAsync(
            request.CampaignId, request.Subject, request.Text, [.. request.AccountIds.Distinct()], time.GetUtcNow(), context.CancellationToken);
        signals.MailDue.Pulse();
        return new QueueCampaignMailResponse { Added = added };
    }

    public override async Task<GetCampaignMailResponse> GetCampaignMail(GetCampaignMailRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        CheckText(violations, "campaign_id", request.CampaignId, MaxCampaignId, "");
        if (violations.Count > 0)
        {
            throw new InvalidArgumentException([.. violations]);
        }

        var (waiting, sent, dead) = await campaigns.CountAsync(request.CampaignId, context.CancellationToken);
        return new GetCampaignMailResponse { Waiting = waiting, Sent = sent, Dead = dead };
    }

    public override async Task<ListStuckMailResponse> ListStuckMail(ListStuckMailRequest request, ServerCallContext context)
    {
        var size = PageSize(request.PageSize, DefaultStuckPage, MaxStuckPage);
        if (!StuckMailPosition.TryParse(request.PageToken, out var position))
        {
            throw WrongPageToken();
        }

        var page = await mails.ListStuckAsync(position, size + 1, context.CancellationToken);
        var response = new ListStuckMailResponse { Mails = { page.Take(size).Select(ToContract) } };
        if (page.Count > size)
        {
            response.NextPageToken = new StuckMailPosition(page[size - 1].CreatedAt, page[size - 1].MailId).ToToken();
        }

        return response;
    }

    public override async Task<RetryMailResponse> RetryMail(RetryMailRequest request, ServerCallContext context)
    {
        if (request.MailId.Length > MaxId
            || !request.MailId.All(char.IsAsciiLetterOrDigit)
            || !await mails.RetryAsync(request.MailId, time.GetUtcNow(), context.CancellationToken))
        {
            throw new NotFoundException("There is no such mail.");
        }

        signals.MailDue.Pulse();
        return new RetryMailResponse();
    }

    private static StuckMail ToContract(StuckMailRow row) => new()
    {
        MailId = row.MailId,
        Kind = row.Kind.ToLowerInvariant(),
        CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt),
        Attempts = row.Attempts,
        LastError = row.LastError,
    };

    private static void CheckText(List<FieldViolation> violations, string field, string text, int longest, string allowedControls)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
        {
            violations.Add(new(field, $"must have from 1 to {longest} characters"));
        }
        else if (text.Any(character => char.IsControl(character) && !allowedControls.Contains(character)))
        {
            violations.Add(new(field, "must not have control characters"));
        }
    }

    private static int PageSize(int asked, int standard, int most) => asked < 0
        ? throw new InvalidArgumentException(new FieldViolation("page_size", "must not be negative"))
        : asked == 0 ? standard : Math.Min(asked, most);

    private static long ParseNumber(string token) => token.Length == 0
        ? 0
        : token.Length <= 40
        && Base64Url.IsValid(token)
        && long.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw WrongPageToken();

    private static InvalidArgumentException WrongPageToken() =>
        new(new FieldViolation("page_token", "must be the next_page_token of the page before, or empty"));
}
