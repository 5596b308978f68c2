using BooksForYou.Contracts.Accounts.V1;
using BooksForYou.ServiceKit.Hosting;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace BooksForYou.ServiceKit.Security;

/// <summary>
/// The token of this process, as a service of the store. Calls of methods that are for services only carry it by themselves; where a method is for others
/// too, the caller says with <see cref="HeadersAsync"/> that it means itself, so that a service never lends its rights to a person by accident.
/// </summary>
public sealed class ServiceTokens
{
    // Whoever waits for it has a deadline of their own.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly AccountsService.AccountsServiceClient _accounts;
    private readonly ServiceSecret _secret;
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Issued? _issued;
    private Task<Issued>? _request;

    internal ServiceTokens(AccountsService.AccountsServiceClient accounts, ServiceSecret secret, HostedServices hosted, TimeProvider time)
    {
        _accounts = accounts;
        _secret = secret;
        _time = time;
        _service = hosted.Names.Count == 1 ? hosted.Names[0] : "AllInOne";
    }

    /// <summary>Gives the headers that make a call one of this service.</summary>
    /// <param name="cancellationToken">Stops to wait.</param>
    /// <returns>The headers.</returns>
    /// <exception cref="RpcException">Accounts gave no token.</exception>
    public async ValueTask<Metadata> HeadersAsync(CancellationToken cancellationToken) =>
        new() { { HeaderNames.Authorization.ToLowerInvariant(), $"Bearer {await GetAsync(cancellationToken)}" } };

    /// <summary>Gives the token, a fresh one when the one that is there has lived half its life.</summary>
    internal async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var issued = _issued;
        if (issued is not null && now < issued.HalfTime)
        {
            return issued.Token;
        }

        var request = RequestOnce();
        return issued is not null && now < issued.Expires ? issued.Token : (await request.WaitAsync(cancellationToken)).Token;
    }

    // One request at a time, which no caller's deadline or going away ends for the others.
    private Task<Issued> RequestOnce()
    {
        lock (_gate)
        {
            if (_request is { IsCompleted: false } running)
            {
                return running;
            }

            using (ExecutionContext.SuppressFlow())
            {
                return _request = Task.Run(RequestAsync);
            }
        }
    }

    private async Task<Issued> RequestAsync()
    {
        var began = _time.GetUtcNow();
        var request = new IssueServiceTokenRequest { Service = _service, Secret = _secret.Value };
        IssueServiceTokenResponse response;
        try
        {
            response = await _accounts.IssueServiceTokenAsync(request, deadline: began.UtcDateTime + Deadline);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            // It is this process that is not let in, and not whoever it works for.
            throw new RpcException(new Status(StatusCode.Unavailable, "Accounts does not take the SERVICE_SECRET of this process for its own."), exception.Message);
        }

        var expires = response.Token.ExpireTime.ToDateTimeOffset();
        return _issued = new Issued(response.Token.Value, began + ((expires - began) / 2), expires);
    }

    private sealed record Issued(string Token, DateTimeOffset HalfTime, DateTimeOffset Expires);
}
