using System.Net;
using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BooksForYou.ServiceKit.Clients;

/// <summary>Calls to the other services of the store; see docs/clients.md.</summary>
public static class ClientsModule
{
    internal static readonly Setting Deadline = new("DEADLINE_MS", "Deadline of calls to other services that set none, in milliseconds.")
    {
        Default = "2000",
        Format = SettingFormat.WholeNumber(1, 600_000),
    };

    internal static readonly Setting DnsRefresh = new("DNS_REFRESH", "Seconds after which the addresses of peers are asked for again.")
    {
        Default = "30",
        Format = SettingFormat.Seconds(1, 86_400),
    };

    /// <summary>
    /// Adds a client of another service of the store, as a singleton. All clients of a peer share one long-lived channel, which balances
    /// calls over all
    /// addresses that the peer's name has, and connects again by itself. The address is the setting <c>&lt;PEER&gt;_HOST</c> (<c>host</c>
    /// or <c>host:port</c>,
    /// default localhost:50051; the process itself if it hosts a service of that name).
    /// </summary>
    /// <remarks>
    /// A call that sets no deadline gets DEADLINE_MS; <see cref="DateTime.MaxValue"/> stands for none, for streams that do not end. No call
    /// outlives the
    /// incoming call or page request that it is made for. Calls that fail with UNAVAILABLE are retried if the contract marks their method
    /// as
    /// NO_SIDE_EFFECTS or IDEMPOTENT (<c>idempotency_level</c>), and while the retry budget lasts.
    /// </remarks>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="peer">The name of the service, such as Recommendations.</param>
    /// <returns>The builder.</returns>
    public static ServiceApplicationBuilder AddClient<TClient>(this ServiceApplicationBuilder builder, string peer)
        where TClient : ClientBase<TClient>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(peer);
        builder.Settings.Add(Deadline);
        builder.Settings.Add(DnsRefresh);
        builder.Settings.Add(new Setting(
            HostSetting(peer),
            $"Address of {peer}: host or host:port. Default localhost:{PeerAddress.DefaultPort}, or this process if it hosts {peer}.")
        {
            Format = SettingFormat.Address,
        });

        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<PeerChannels>();
        builder.Services.TryAddSingleton<DeadlineInterceptor>();
        builder.Services.TryAddSingleton<HostLookup>(_ => Dns.GetHostAddressesAsync);
        builder.Services.AddSingleton(new PeerClient(peer, typeof(TClient)));
        builder.Services.AddSingleton(services =>
            (TClient)Activator.CreateInstance(typeof(TClient), services.GetRequiredService<PeerChannels>().CallInvoker(peer))!);
        return builder;
    }

    internal static void AddClients(this ServiceApplicationBuilder builder)
    {
        // Nothing until a module adds a client: a service that calls nobody pays for nothing.
    }

    internal static string HostSetting(string peer) => OptionName.ToEnvironment(peer) + "_HOST";
}
