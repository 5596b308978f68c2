using System.Collections.Concurrent;
using System.Globalization;
using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Errors;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BooksForYou.Tests;

/// <summary>Accounts with customers, contacts and an outbox in memory. Its keys and tokens are those of <see cref="TestAccounts"/>.</summary>
internal sealed class AccountsStandIn : AccountsService.AccountsServiceBase, IAsyncDisposable
{
    private readonly TestAccounts _accounts;
    private readonly ConcurrentDictionary<(string Campaign, string Account), int> _mails = new();
    private ServiceApplication? _application;

    private AccountsStandIn(TestAccounts accounts) => _accounts = accounts;

    /// <summary>Where it answers, for ACCOUNTS_HOST.</summary>
    public string Host => $"127.0.0.1:{_application!.GrpcAddress.Port}";

    /// <summary>The addresses of accounts.</summary>
    public ConcurrentDictionary<string, GetContactResponse> Contacts { get; } = new();

    /// <summary>The accounts that agreed to mails.</summary>
    public List<string> Consents { get; } = [];

    /// <summary>How many accounts a page has.</summary>
    public int PageSize { get; set; } = 2;

    /// <summary>The accounts that have a mail of a campaign.</summary>
    public IEnumerable<string> MailedTo(string campaign) => _mails.Keys.Where(mail => mail.Campaign == campaign).Select(mail => mail.Account).Order();

    /// <summary>Called when the mails of a page are in the outbox, before that is answered.</summary>
    public Func<Task> AfterQueue { get; set; } = () => Task.CompletedTask;

    public static async Task<AccountsStandIn> StartAsync()
    {
        var accounts = await TestAccounts.SharedAsync();
        var standIn = new AccountsStandIn(accounts);
        var builder = ServiceApplication.CreateBuilder(["--grpc-port", "0", "--metrics-port", "0", "--accounts-host", accounts.Host]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(standIn);
        standIn._application = builder.Build();
        standIn._application.MapGrpcService<AccountsStandIn>();
        await standIn._application.StartAsync();
        return standIn;
    }

    public override Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context) =>
        _accounts.ListSigningKeys(request, context);

    public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context) =>
        _accounts.IssueServiceToken(request, context);

    public override Task<GetContactResponse> GetContact(GetContactRequest request, ServerCallContext context) =>
        Task.FromResult(Contacts.GetValueOrDefault(request.AccountId) ?? throw new NotFoundException());

    public override Task<ListMailConsentsResponse> ListMailConsents(ListMailConsentsRequest request, ServerCallContext context)
    {
        var from = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, CultureInfo.InvariantCulture);
        var next = from + PageSize;
        return Task.FromResult(new ListMailConsentsResponse
        {
            AccountIds = { Consents.Skip(from).Take(PageSize) },
            NextPageToken = next < Consents.Count ? next.ToString(CultureInfo.InvariantCulture) : "",
            Total = Consents.Count,
        });
    }

    public override async Task<QueueCampaignMailResponse> QueueCampaignMail(QueueCampaignMailRequest request, ServerCallContext context)
    {
        var added = request.AccountIds.Count(account => _mails.TryAdd((request.CampaignId, account), 1));
        await AfterQueue();
        return new QueueCampaignMailResponse { Added = added };
    }

    public override Task<GetCampaignMailResponse> GetCampaignMail(GetCampaignMailRequest request, ServerCallContext context) =>
        Task.FromResult(new GetCampaignMailResponse { Waiting = MailedTo(request.CampaignId).Count() });

    public ValueTask DisposeAsync() => _application!.DisposeAsync();
}
