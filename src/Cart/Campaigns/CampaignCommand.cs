using System.Globalization;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.ServiceKit.Clients;
using BooksForYou.ServiceKit.Hosting;
using BooksForYou.ServiceKit.Security;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using V1 = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Campaigns;

/// <summary>
/// The command <c>campaign PROMOTION|--list [setting …]</c>, which mails customers about a promotion by asking the running store; see
/// docs/promotions.md.
/// </summary>
public static class CampaignCommand
{
    private const int Failure = 1;
    private const int Misuse = 2;
    private const int Interrupted = 130;

    private const string Usage =
        """
        Usage: campaign PROMOTION [--id ID] [setting ...]
               campaign --list [setting ...]

        Mails the customers who agreed to mails about offers, and who have not used the promotion, through the running store. Each
        customer gets at most one mail of a campaign. It goes on by itself when this command is ended; started again, it shows how far
        it is. --list shows the promotions that count now, and the campaigns.

        Options:
          --id ID                        the campaign; default: the promotion and the day, as in summer-2026-07-01

        Settings are those of the service, such as:
          --cart-host ADDRESS            where Cart answers                                  (default localhost:50051)
          --accounts-host ADDRESS        where Accounts answers                              (default localhost:50051)
          --data-dir DIR                 where the secret of the services is kept            (default data)

        Exit codes: 0 all mails are in the outbox; 1 the store does not answer, or refuses; 2 a mistake on the command line;
        130 interrupted, and the campaign goes on.
        """;

    private static readonly string[] HelpOptions = ["--help", "-h", "-?"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether the command line asks for a campaign.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAskedFor(string[] args) => args is ["campaign", ..];

    /// <summary>Starts the campaign that the command line names, and shows how far it is until all mails are in the outbox.</summary>
    /// <param name="args">The command line: campaign, the promotion or --list, settings.</param>
    /// <returns>The exit code: 0 when all mails are in the outbox; 1 when the store does not answer or refuses; 2 for a mistake on the command
    /// line; 130 when it was interrupted.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(HelpOptions.Contains))
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        if (args.Length < 2 || (args[1] != "--list" && args[1].StartsWith('-')))
        {
            await Console.Error.WriteLineAsync("campaign: for which promotion? Usage: campaign PROMOTION|--list [setting ...]");
            return Misuse;
        }

        var promotion = args[1];
        var hasId = args is [_, _, "--id", _, ..];
        var id = hasId ? args[3] : string.Create(CultureInfo.InvariantCulture, $"{promotion}-{DateTime.UtcNow:yyyy-MM-dd}");
        var builder = ServiceApplication.CreateBuilder(hasId ? args[4..] : args[2..]);
        builder.AddClient<V1.CartService.CartServiceClient>("Cart");
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Error);
        return await builder.Build().RunOnceAsync((services, cancellationToken) => TalkAsync(
            services,
            promotion == "--list" ? ListAsync : (cart, headersAsync, token) => SendAsync(cart, headersAsync, promotion, id, token),
            cancellationToken));
    }

    private static async Task<int> TalkAsync(IServiceProvider services, Conversation converse, CancellationToken cancellationToken)
    {
        var tokens = services.GetRequiredService<ServiceTokens>();
        try
        {
            return await converse(
                services.GetRequiredService<V1.CartService.CartServiceClient>(),
                async () => new CallOptions(await tokens.HeadersAsync(cancellationToken), DateTime.UtcNow + Timeout, cancellationToken),
                cancellationToken);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is OperationCanceledException or RpcException)
        {
            await Console.Error.WriteLineAsync("campaign: ended here; the campaign goes on in the store");
            return Interrupted;
        }
        catch (RpcException exception)
        {
            await Console.Error.WriteLineAsync(Explain(exception));
            return Failure;
        }
    }

    private static string Explain(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded =>
            "campaign: the store does not answer. Is it running? Start it with ./run, or say where it is with --cart-host and --accounts-host.",
        StatusCode.Unauthenticated =>
            "campaign: the store does not know this command as one of its own. It needs the store's --data-dir, or its SERVICE_SECRET.",
        _ => $"campaign: {exception.Status.Detail}",
    };

    private static async Task<int> SendAsync(
        V1.CartService.CartServiceClient cart, Func<Task<CallOptions>> optionsAsync, string promotion, string id, CancellationToken cancellationToken)
    {
        var started = await cart.StartCampaignAsync(new StartCampaignRequest { CampaignId = id, PromotionId = promotion }, await optionsAsync());
        var campaign = started.Campaign;
        await Console.Out.WriteLineAsync($"Campaign {campaign.CampaignId}: {campaign.Subject}");
        while (!campaign.Done)
        {
            await Task.Delay(Look, cancellationToken);
            var now = (await cart.GetCampaignAsync(new GetCampaignRequest { CampaignId = id }, await optionsAsync())).Campaign;
            if (now.Seen != campaign.Seen)
            {
                await Console.Out.WriteLineAsync(Describe(now));
            }

            campaign = now;
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Done: {campaign.Queued} mails."));
        return 0;
    }

    private static async Task<int> ListAsync(
        V1.CartService.CartServiceClient cart, Func<Task<CallOptions>> optionsAsync, CancellationToken cancellationToken)
    {
        var offers = await cart.ListOffersAsync(new ListOffersRequest(), await optionsAsync());
        await Console.Out.WriteLineAsync("Promotions that count now:");
        foreach (var offer in offers.Offers)
        {
            await Console.Out.WriteLineAsync($"  {offer.PromotionId}  {offer.Name}");
        }

        var campaigns = await cart.ListCampaignsAsync(new ListCampaignsRequest(), await optionsAsync());
        await Console.Out.WriteLineAsync("Campaigns:");
        foreach (var campaign in campaigns.Campaigns)
        {
            await Console.Out.WriteLineAsync($"  {campaign.CampaignId}  {Describe(campaign)}");
        }

        return 0;
    }

    private static string Describe(V1.Campaign campaign) => string.Create(
        CultureInfo.InvariantCulture,
        $"{campaign.Seen} of {campaign.Consents} customers looked at, {campaign.Queued} mails{(campaign.Done ? ", done" : "")}");

    private delegate Task<int> Conversation(
        V1.CartService.CartServiceClient cart, Func<Task<CallOptions>> optionsAsync, CancellationToken cancellationToken);
}
