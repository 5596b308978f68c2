using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BooksForYou.ServiceKit.Errors;
using Microsoft.Extensions.Options;

namespace BooksForYou.Accounts.Limits;

/// <summary>
/// Slows down whoever guesses: for each e-mail address, whether it has an account or not, and for each network address. The pauses of an e-mail address
/// end after a minute at the latest, so that nobody is kept out of an account by somebody else for long.
/// </summary>
internal sealed class TryLimits(TryStore tries, IOptions<AccountsOptions> options, AccountsMetrics metrics, TimeProvider time)
{
    private const int NetworkBytes = 8;

    private static readonly TimeSpan LongestAccountPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAddressPause = TimeSpan.FromMinutes(15);

    /// <summary>Counts a password that is about to be looked at.</summary>
    /// <exception cref="ResourceExhaustedException">There were too many of late.</exception>
    public Task CountSignInAsync(string emailFolded, string clientAddress, CancellationToken cancellationToken)
    {
        var rules = new List<TryRule> { new(AccountSubject(emailFolded), options.Value.TriesPerAccount, LongestAccountPause) };
        if (AddressSubject("sign-in", clientAddress) is { } address)
        {
            rules.Add(new TryRule(address, options.Value.TriesPerAddress, LongestAddressPause));
        }

        return CountAsync(rules, cancellationToken);
    }

    /// <summary>Takes a password that was right back.</summary>
    public Task ForgiveSignInAsync(string emailFolded, string clientAddress, CancellationToken cancellationToken) =>
        tries.ForgiveAsync(AccountSubject(emailFolded), AddressSubject("sign-in", clientAddress), cancellationToken);

    /// <summary>Forgets the tries for an address whose owner has shown who it is.</summary>
    public Task ForgetAccountAsync(string emailFolded, CancellationToken cancellationToken) =>
        tries.ForgiveAsync(AccountSubject(emailFolded), address: null, cancellationToken);

    /// <summary>Counts a wish for an account: the answer tells whether an address has one.</summary>
    /// <exception cref="ResourceExhaustedException">There were too many of late.</exception>
    public Task CountRegistrationAsync(string clientAddress, CancellationToken cancellationToken) =>
        CountRequestAsync("register", clientAddress, cancellationToken);

    /// <summary>Counts a wish for a mail.</summary>
    /// <exception cref="ResourceExhaustedException">There were too many of late.</exception>
    public Task CountResetRequestAsync(string clientAddress, CancellationToken cancellationToken) =>
        CountRequestAsync("reset", clientAddress, cancellationToken);

    private static string AccountSubject(string emailFolded) => Subject("account", emailFolded);

    // Whoever has one address of the sixth version has all of its network: 2^64 of them.
    private static string? AddressSubject(string kind, string clientAddress)
    {
        if (!IPAddress.TryParse(clientAddress, out var address))
        {
            return clientAddress.Length == 0 ? null : Subject(kind, clientAddress);
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes().AsSpan();
        return Subject(kind, Convert.ToHexString(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..NetworkBytes] : bytes));
    }

    private static string Subject(string kind, string value) => $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{value}")))}";

    private async Task CountRequestAsync(string kind, string clientAddress, CancellationToken cancellationToken)
    {
        if (AddressSubject(kind, clientAddress) is { } address)
        {
            await CountAsync([new TryRule(address, options.Value.RequestsPerAddress, LongestAddressPause)], cancellationToken);
        }
    }

    private async Task CountAsync(IReadOnlyList<TryRule> rules, CancellationToken cancellationToken)
    {
        var pause = await tries.CountAsync(rules, time.GetUtcNow(), cancellationToken);
        if (pause > TimeSpan.Zero)
        {
            metrics.SlowedDown();
            throw new ResourceExhaustedException("Too many tries of late.") { Details = [ErrorDetails.RetryAfter(pause)] };
        }
    }
}
